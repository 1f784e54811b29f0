/** A webcam over V4L2, by device path or by a stable name out of /dev/v4l/by-id. */
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { opencv } from '../opencv.js'
import { liveCamera } from './live.js'
import type { Mounting } from './orient.js'
import { type Camera, CameraError } from './types.js'

export type UsbOptions = { device: string; widthPx: number; heightPx: number; fps: number; fourcc: string | null } & Mounting

/** The cameras that are there, for the message: stable names first, since they survive another plug. */
function present(): string {
  const list = (folder: string, pattern: RegExp) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => pattern.test(name))
          .map((name) => `${folder}/${name}`)
      : []
  const found = [...list('/dev/v4l/by-id', /./), ...list('/dev', /^video\d+$/)]
  return found.length === 0 ? 'no camera is plugged in' : `there are: ${found.join(', ')}`
}

/**
 * @throws CameraError `camera-missing` when the path does not exist, `camera-refused` when V4L2 cannot open it
 */
export function openUsbCamera(options: UsbOptions): Camera {
  const { device, widthPx, heightPx, fps, fourcc } = options
  if (!existsSync(device)) throw new CameraError('camera-missing', `camera.device ${device} does not exist; ${present()}`)
  const cv = opencv()
  // V4L2 wants the node itself, not the stable link to it.
  const node = realpathSync(device)
  let capture: InstanceType<typeof cv.VideoCapture>
  try {
    capture = new cv.VideoCapture(node, cv.CAP_V4L2)
  } catch (fault) {
    throw new CameraError(
      'camera-refused',
      `${node} cannot be opened as a camera: in use by another program, no rights (group video), or not a video device; ${present()}`,
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
  return liveCamera(capture, `${device} ${got}`, options)
}
