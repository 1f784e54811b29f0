import { createNoInput } from '../../daemon/inputs/none.js'
import { describeInput } from './contract.js'

describeInput('none', () => ({ input: createNoInput(), now: () => 0, tell: null }))
