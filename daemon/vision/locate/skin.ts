/** The light of the skin beside each eye, as the measure of what the eye's own patch must show. */
import type { GrayPatch, Square } from '../pixels.js'
import { moved } from './geometry.js'
import type { Point } from './types.js'

// Own, in inter-eye distances: the cheekbone, below the rims of glasses and above a beard.
const CHEEK_BELOW_EYE = 0.6
const CHEEK_HALF = 0.15

/**
 * Mean brightness 0..255 of the cheek below an eye.
 * @param face upright gray patch of the face
 * @param square where that patch was cut
 * @param eye centre of the eye, px of the frame
 * @param eyeDistance between both eyes, px of the frame
 * @param roll of the face, degrees
 */
export const cheekBrightness = (face: GrayPatch, square: Square, eye: Point, eyeDistance: number, roll: number): number => {
  const cheek = moved(eye, 0, CHEEK_BELOW_EYE * eyeDistance, roll)
  const scale = face.width / square.size
  const half = Math.max(1, CHEEK_HALF * eyeDistance * scale)
  const from = (axis: 0 | 1): number => (cheek[axis] - square.center[axis]) * scale + face.width / 2 - half
  const clamped = (place: number): number => Math.min(face.width - 1, Math.max(0, Math.round(place)))
  const [left, top, right, bottom] = [clamped(from(0)), clamped(from(1)), clamped(from(0) + 2 * half), clamped(from(1) + 2 * half)]
  let sum = 0
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) sum += face.data[row * face.width + column] ?? 0
  return sum / ((right - left + 1) * (bottom - top + 1))
}
