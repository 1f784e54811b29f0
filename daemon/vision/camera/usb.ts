/** A webcam over V4L2, by its number or by a stable name out of /dev/v4l/by-id. */
import { opencv } from '../opencv.js'
import { findUsbCamera } from './find.js'
import { liveCamera } from './live.js'
import type { Mounting } from './orient.js'
import type { Absent } from './remembered.js'
import { standInFor } from './stand-in.js'
import { type Camera, CameraError } from './types.js'

export type UsbOptions = { device: string; widthPx: number; heightPx: number; fps: number; fourcc: string | null } & Mounting

/**
 * @param remembered the camera that was watched before; null: none yet
 * @throws CameraError `camera-missing` when it is not there, nor one to take for it; `camera-refused` when V4L2 cannot open it
 */
export function openUsbCamera(options: UsbOptions, remembered: Absent | null = null): Camera {
  const { device, widthPx, heightPx, fps, fourcc } = options
  const cv = opencv()
  // V4L2 wants the node itself, not the stable link to it.
  const { node, told, seen } = findUsbCamera(device, remembered)
  let capture: InstanceType<typeof cv.VideoCapture>
  try {
    capture = new cv.VideoCapture(node, cv.CAP_V4L2)
  } catch (fault) {
    throw new CameraError(
      'camera-refused',
      `${node} cannot be opened as a camera: in use by another program, no rights (group video), or not a video device; \`v4l2-ctl --list-devices\` shows which there are`,
      fault,
    )
  }
  // The format first: sizes and rates depend on it.
  if (fourcc !== null) capture.set(cv.CAP_PROP_FOURCC, cv.VideoWriter.fourcc(fourcc))
  capture.set(cv.CAP_PROP_FRAME_WIDTH, widthPx)
  capture.set(cv.CAP_PROP_FRAME_HEIGHT, heightPx)
  capture.set(cv.CAP_PROP_FPS, fps)
  capture.set(cv.CAP_PROP_BUFFERSIZE, 1)
  const got = `${capture.get(cv.CAP_PROP_FRAME_WIDTH)}x${capture.get(cv.CAP_PROP_FRAME_HEIGHT)} at ${capture.get(cv.CAP_PROP_FPS)} fps`
  const camera = { ...liveCamera(capture, `${told} ${got}`, options), seen }
  return seen?.isStandIn ? standInFor(seen.camera, camera) : camera
}
