import { createNoOutput } from '../../daemon/alarm/none.js'
import { describeAlarmOutput } from './contract.js'

describeAlarmOutput('none', () => ({ output: createNoOutput(), lines: () => null }))
