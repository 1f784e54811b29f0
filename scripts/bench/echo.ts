/** The other end of the pipe that ipc.ts measures: parses what comes and sends it back. */
import { fromVision } from '../../daemon/vision/protocol.js'

process.on('message', (raw) => process.send?.(fromVision.parse(raw)))
