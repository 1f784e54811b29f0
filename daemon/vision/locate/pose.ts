/**
 * Head pose from BlazeFace's six points: the best fit of a rigid head under weak perspective (POS, DeMenthon & Davis 1995),
 * which has a closed form. Good to some 5–10°; what matters is its change and its sign.
 */
import type { Detection } from './blazeface.js'
import { angleDegrees } from './geometry.js'
import type { Point } from './types.js'

/** Degrees: positive to the driver's left, up, and clockwise as the camera sees it. */
export type Pose = { yaw: number; pitch: number; roll: number }

type Vector = readonly [number, number, number]

/**
 * An adult head in inter-eye distances (about 63 mm): x to the driver's left, y down, z towards the camera. In the order
 * right eye, left eye, nose tip, mouth, right ear, left ear (tragion). Own: from common head measures, then
 * set so that a face that looks into the camera in the test recordings has yaw and pitch near 0.
 */
const HEAD: readonly Vector[] = [
  [-0.5, 0, 0],
  [0.5, 0, 0],
  [0, 0.62, 0.55],
  [0, 1.1, 0.3],
  [-1.12, 0.35, -1.25],
  [1.12, 0.35, -1.25],
]

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
const scaled = (a: Vector, factor: number): Vector => [a[0] * factor, a[1] * factor, a[2] * factor]

const mean = HEAD.reduce<Vector>(
  (sum, [x, y, z]) => [sum[0] + x / HEAD.length, sum[1] + y / HEAD.length, sum[2] + z / HEAD.length],
  [0, 0, 0],
)
const centred = HEAD.map<Vector>(([x, y, z]) => [x - mean[0], y - mean[1], z - mean[2]])

/** Columns of the pseudo-inverse of the head: (HᵀH)⁻¹Hᵀ, one vector a point. */
const solver: readonly Vector[] = (() => {
  const column = (axis: 0 | 1 | 2, other: 0 | 1 | 2): number => centred.reduce((sum, point) => sum + point[axis] * point[other], 0)
  const rows: readonly [Vector, Vector, Vector] = [
    [column(0, 0), column(0, 1), column(0, 2)],
    [column(1, 0), column(1, 1), column(1, 2)],
    [column(2, 0), column(2, 1), column(2, 2)],
  ]
  const adjugate = [cross(rows[1], rows[2]), cross(rows[2], rows[0]), cross(rows[0], rows[1])] as const
  const determinant = dot(rows[0], adjugate[0])
  return centred.map<Vector>((point) => [
    dot(adjugate[0], point) / determinant,
    dot(adjugate[1], point) / determinant,
    dot(adjugate[2], point) / determinant,
  ])
})()

const degrees = (radians: number): number => (radians * 180) / Math.PI

/** The pose of a face; roll comes from the eyes alone, the rest from all six points. */
export const headPose = (face: Detection): Pose => {
  const roll = angleDegrees(face.rightEye, face.leftEye)
  const cos = Math.cos((-roll * Math.PI) / 180)
  const sin = Math.sin((-roll * Math.PI) / 180)
  const points: readonly Point[] = [face.rightEye, face.leftEye, face.noseTip, face.mouth, face.rightEar, face.leftEar]
  let across: Vector = [0, 0, 0]
  let down: Vector = [0, 0, 0]
  points.forEach(([x, y], index) => {
    const [a, b, c] = solver[index] ?? [0, 0, 0]
    const u = x * cos - y * sin
    const v = x * sin + y * cos
    across = [across[0] + a * u, across[1] + b * u, across[2] + c * u]
    down = [down[0] + a * v, down[1] + b * v, down[2] + c * v]
  })
  // The head's axes as the camera sees them: the third is what the first two leave.
  const right = scaled(across, 1 / (Math.hypot(...across) || 1))
  const below = scaled(down, 1 / (Math.hypot(...down) || 1))
  // Where the head's forward axis points: x in the picture is its share in `right`, y its share in `below`.
  const forward = Math.max(0.05, Math.sqrt(Math.max(0, 1 - right[2] ** 2 - below[2] ** 2)))
  return { yaw: degrees(Math.atan2(right[2], forward)), pitch: -degrees(Math.asin(Math.max(-1, Math.min(1, below[2])))), roll }
}
