/** Refuses sets of points that no face can have. */
import type { Detection } from './blazeface.js'
import { angleDegrees, distance, middle, turn } from './geometry.js'
import type { Point } from './types.js'

// Own: below, an eye is two or three pixels wide.
const MIN_EYE_DISTANCE_PX = 6

// Own: the mouth lies below the eyes; in a face bent or turned far it is seen at up to 50° beside.
const MAX_MOUTH_ASIDE_DEGREES = 70

const inside = ([x, y]: Point, frame: { width: number; height: number }): boolean => x >= 0 && y >= 0 && x < frame.width && y < frame.height

/** True when both eyes lie in the frame, apart from each other, and the mouth below them. */
export const isPlausible = (face: Detection, frame: { width: number; height: number }): boolean => {
  const { rightEye, leftEye, mouth } = face
  if (!inside(rightEye, frame) || !inside(leftEye, frame)) return false
  if (distance(rightEye, leftEye) < MIN_EYE_DISTANCE_PX) return false
  const down = angleDegrees(rightEye, leftEye) + 90
  return Math.abs(turn(down, angleDegrees(middle(rightEye, leftEye), mouth))) <= MAX_MOUTH_ASIDE_DEGREES
}
