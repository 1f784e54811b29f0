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

type Axis = 0 | 1 | 2

/**
 * An adult head in inter-eye distances (about 63 mm): x to the driver's left, y down, z towards the camera. In the order
 * right eye, left eye, nose tip, mouth, right ear, left ear (tragion). Own: from common head measures, then set so that a
 * face that looks into the camera in the test recordings has yaw and pitch near 0.
 */
const HEAD: readonly Vector[] = [
  [-0.5, 0, 0],
  [0.5, 0, 0],
  [0, 0.62, 0.55],
  [0, 1.1, 0.3],
  [-1.12, 0.35, -1.25],
  [1.12, 0.35, -1.25],
]

// Of a turned head the network guesses the ears, and too far forward: yaw rests on nose and mouth. They steady pitch, which has little else.
const WEIGHTS_ACROSS: readonly number[] = [1, 1, 1, 1, 0.1, 0.1]
const WEIGHTS_DOWN: readonly number[] = [1, 1, 1, 1, 1, 1]

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]

/**
 * One vector a point; summed up with a coordinate of the points as factors they give, by weighted least squares, that
 * coordinate's axis in the head: columns of (HᵀWH)⁻¹HᵀW, of the head about its weighted middle.
 */
const fitting = (weights: readonly number[]): readonly Vector[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const middle = (axis: Axis): number => HEAD.reduce((sum, point, index) => sum + ((weights[index] ?? 0) / total) * point[axis], 0)
  const [x, y, z] = [middle(0), middle(1), middle(2)]
  const head = HEAD.map<Vector>((point) => [point[0] - x, point[1] - y, point[2] - z])
  const moment = (a: Axis, b: Axis): number => head.reduce((sum, point, index) => sum + (weights[index] ?? 0) * point[a] * point[b], 0)
  const row = (axis: Axis): Vector => [moment(axis, 0), moment(axis, 1), moment(axis, 2)]
  const adjugate = [cross(row(1), row(2)), cross(row(2), row(0)), cross(row(0), row(1))] as const
  const determinant = dot(row(0), adjugate[0])
  return head.map<Vector>((point, index) => {
    const factor = (weights[index] ?? 0) / determinant
    return [factor * dot(adjugate[0], point), factor * dot(adjugate[1], point), factor * dot(adjugate[2], point)]
  })
}

/** The direction in the head along which a coordinate grows. */
const axisOf = (coordinates: readonly number[], fit: readonly Vector[]): Vector => {
  let [x, y, z] = [0, 0, 0]
  coordinates.forEach((coordinate, index) => {
    const [a, b, c] = fit[index] ?? [0, 0, 0]
    x += a * coordinate
    y += b * coordinate
    z += c * coordinate
  })
  const length = Math.hypot(x, y, z) || 1
  return [x / length, y / length, z / length]
}

const acrossFit = fitting(WEIGHTS_ACROSS)
const downFit = fitting(WEIGHTS_DOWN)

const degrees = (radians: number): number => (radians * 180) / Math.PI

/**
 * The pose of a face; roll comes from the eyes alone, the rest from all six points. A head that is turned and bent at once
 * is told to be turned a little less than it is.
 */
export const headPose = (face: Detection): Pose => {
  const roll = angleDegrees(face.rightEye, face.leftEye)
  const cos = Math.cos((-roll * Math.PI) / 180)
  const sin = Math.sin((-roll * Math.PI) / 180)
  const points: readonly Point[] = [face.rightEye, face.leftEye, face.noseTip, face.mouth, face.rightEar, face.leftEar]
  const right = axisOf(
    points.map(([x, y]) => x * cos - y * sin),
    acrossFit,
  )
  const below = axisOf(
    points.map(([x, y]) => x * sin + y * cos),
    downFit,
  )
  // Where the head's forward axis points in the picture: to the right by its share in `right`, down by its share in `below`.
  return { yaw: degrees(Math.asin(right[2])), pitch: -degrees(Math.asin(below[2])), roll }
}
