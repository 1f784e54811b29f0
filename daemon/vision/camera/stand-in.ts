/** A camera in place of one that is away: it makes way as soon as that one is back. */
import { folderOf, usbCameras } from './devices.js'
import { whereIs } from './find.js'
import type { Remembered } from './remembered.js'
import { type Camera, CameraError } from './types.js'

// Own: a look into two small folders; the driver is not before this camera, so a second more is no loss.
const LOOK_EVERY_MS = 1000

/** @returns the same camera, whose `next` throws CameraError `camera-lost` once the one that it stands in for is plugged in again */
export function standInFor(known: Remembered, camera: Camera): Camera {
  let lookedMs = Number.NEGATIVE_INFINITY
  return {
    ...camera,
    async next() {
      const frame = await camera.next()
      if (frame === null || frame.at - lookedMs < LOOK_EVERY_MS) return frame
      lookedMs = frame.at
      if (whereIs(known, usbCameras(folderOf(known.device))) === null) return frame
      frame.release()
      throw new CameraError('camera-lost', `${known.name} is back, and watched again in place of ${camera.name}`)
    },
  }
}
