/** What runs here: for a report, and to see that the parts fit. */
import os from 'node:os'
import { describeHardware } from '../fleet/hardware.js'
import { programVersion } from '../version.js'
import { type Check, fail, pass } from './types.js'

// package.json, "engines".
const OLDEST_NODE = 20

export const versions: Check = async () => {
  const { machine, memoryMb } = describeHardware()
  const all = `kantukd ${programVersion()}, Node.js ${process.version}, ${os.type()} ${os.release()} ${process.arch}, ${machine}, ${memoryMb} MB`
  return Number(process.versions.node.split('.')[0]) < OLDEST_NODE
    ? [fail('versions', 'node-old', all, `install Node.js ${OLDEST_NODE} or newer`)]
    : [pass('versions', all)]
}
