/** The one cut: from two eye centres to the two upright squares that the classifier sees, live and in training. */
import type { Square } from '../pixels.js'
import { angleDegrees, distance } from './geometry.js'
import type { Point } from './types.js'

// Patch side over the inter-eye distance. Source: design.md, tried: 0.75–0.9 looks most like the MRL crops.
export const PATCH_PER_EYE_DISTANCE = 0.8

// Own, by eye: beyond, the network's points close up less than the eyes do, and the noise of the yaw would show.
const MAX_YAW_DEGREES = 40

/**
 * The squares around both eyes, upright along the eye line.
 * @param left centre of the driver's own left eye, px
 * @param right centre of the driver's own right eye, px
 * @param yawDegrees of the head; when it is turned the eyes stand closer in the picture, but are no smaller
 */
export const eyeSquares = (left: Point, right: Point, yawDegrees = 0): { left: Square; right: Square } => {
  const turned = (Math.min(Math.abs(yawDegrees), MAX_YAW_DEGREES) * Math.PI) / 180
  const size = (PATCH_PER_EYE_DISTANCE * distance(left, right)) / Math.cos(turned)
  // From the right eye to the left is to the camera's right in an upright face.
  const roll = angleDegrees(right, left)
  return { left: { center: [left[0], left[1]], size, roll }, right: { center: [right[0], right[1]], size, roll } }
}
