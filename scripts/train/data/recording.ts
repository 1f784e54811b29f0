/** Opens a recording of the data sets as the daemon does: as fast as it goes, by the recording's own clock. */
import { join } from 'node:path'
import { openFileCamera } from '../../../daemon/vision/camera/file.js'

/** @param file path below `data` */
export const openRecording = (data: string, file: string) =>
  openFileCamera({ path: join(data, file), loop: false, realtime: false, clock: 'recording', rotateDegrees: 0, mirror: false })
