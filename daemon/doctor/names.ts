/** Whether the name of a webcam stays the same: a number goes to whichever camera the kernel finds first. */
import { existsSync } from 'node:fs'
import type { Config } from '../config/index.js'
import { folderOf, isNumbered, nameOf, pictureOf, usbCameras } from '../vision/camera/devices.js'
import { type Diagnosis, warn } from './types.js'

/** Nothing where the name will do: a stable one, or a number where only one camera is, which is found under any. */
export function names({ kind, device }: Config['camera']): Diagnosis[] {
  if (kind !== 'usb' || !isNumbered(device)) return []
  const cameras = usbCameras(folderOf(device))
  const pictures = cameras.flatMap((camera) => pictureOf(camera) ?? [])
  const listed = pictures.map((stream) => `${nameOf(stream, cameras)} (${stream.node})`).join(', ')
  if (pictures.length > 1) {
    const found = `camera.device ${device} is a number, and ${pictures.length} cameras are there: after a start it may be another’s`
    return [warn('camera', 'camera-by-number', found, `set camera.device to the name of the driver’s: ${listed}`)]
  }
  if (pictures.length === 0 || existsSync(device)) return []
  const found = `camera.device ${device} does not exist; the only camera there is watched in its place`
  return [warn('camera', 'camera-by-number', found, `set camera.device to its name: ${listed}`)]
}
