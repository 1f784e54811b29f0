/** Faces and frames made for the locator's tests. */
import type { Detection, Detector } from '../../daemon/vision/locate/blazeface.js'
import type { Point } from '../../daemon/vision/locate/types.js'
import type { Frame, Square } from '../../daemon/vision/pixels.js'

type Angles = { yaw?: number; pitch?: number; roll?: number }

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** A head in inter-eye distances: x to the driver's left, y down, z to the camera. */
const head = {
  rightEye: [-0.5, 0, 0],
  leftEye: [0.5, 0, 0],
  noseTip: [0, 0.6, 0.5],
  mouth: [0, 1.1, 0.3],
  rightEar: [-1.1, 0.35, -1.2],
  leftEar: [1.1, 0.35, -1.2],
} satisfies Record<string, [number, number, number]>

/** The face of a head that is turned (degrees: to its own left, up, clockwise as the camera sees it), its eyes' middle at `at`. */
export const faceOf = ({ yaw = 0, pitch = 0, roll = 0 }: Angles, at: Point = [320, 240], eyeDistance = 80, score = 0.9): Detection => {
  const seen = ([x, y, z]: [number, number, number]): Point => {
    const [turnedX, turnedZ] = [
      x * Math.cos(radians(yaw)) + z * Math.sin(radians(yaw)),
      z * Math.cos(radians(yaw)) - x * Math.sin(radians(yaw)),
    ]
    const bentY = y * Math.cos(radians(pitch)) - turnedZ * Math.sin(radians(pitch))
    const [cos, sin] = [Math.cos(radians(roll)), Math.sin(radians(roll))]
    return [at[0] + eyeDistance * (turnedX * cos - bentY * sin), at[1] + eyeDistance * (turnedX * sin + bentY * cos)]
  }
  return {
    score,
    center: seen([0, 0.5, 0]),
    width: 2.6 * eyeDistance,
    height: 2.6 * eyeDistance,
    rightEye: seen(head.rightEye),
    leftEye: seen(head.leftEye),
    noseTip: seen(head.noseTip),
    mouth: seen(head.mouth),
    rightEar: seen(head.rightEar),
    leftEar: seen(head.leftEar),
  }
}

/** A frame for parts that never look at its pixels. */
export const emptyFrame = (at: number): Frame => {
  const unread = (): never => {
    throw new Error('this frame has no pixels')
  }
  return { width: 640, height: 480, at, cutPlane: unread, cutGray: unread, light: unread, bgr: unread, jpeg: unread, release: () => {} }
}

/** A detector that sees what the test lets it see, and remembers where it was asked to look. */
export class ScriptedDetector implements Detector {
  sees: Detection[] = []
  readonly searched: Square[] = []

  async detect(_: Frame, square: Square, minScore: number): Promise<Detection[]> {
    this.searched.push(square)
    const inside = ({ center: [x, y] }: Detection) => Math.hypot(x - square.center[0], y - square.center[1]) < square.size / 2
    return this.sees.filter((one) => one.score >= minScore && inside(one))
  }

  async close(): Promise<void> {}
}
