/** The square of the frame in which a face is looked for next. */
import type { Square } from '../pixels.js'
import type { Detection } from './blazeface.js'
import { angleDegrees, distance, turn } from './geometry.js'

// Side over the face's. `npm run measure-eyes` at 80 px of input: 1.30, 1.40, 1.48, 1.58, 1.66, 1.75 give an error of 4.64, 4.45, 4.29, 4.61, 4.76, 4.78 %
// of the inter-eye distance. The face then has 54 px, where design.md's 2.5 and 128 gave it 51, on 39 % of the work.
const REGION_PER_FACE = 1.48

// A region that follows every wobble of the face makes the points wobble with it: design.md, tried at 10 %.
const MOVE_TOLERANCE = 0.1
const SIZE_TOLERANCE = 0.15
// Own: short range tracks through 60° of roll, so this is far inside of what it takes.
const ROLL_TOLERANCE_DEGREES = 8

// Own: two processors' networks differ by some 1e-5 px. Where the square follows that, its cut differs in single gray levels, the face found in it by
// more, and after seconds by a quarter px, which tells a half-closed eye by 0.08 otherwise: docs/release.md. On a grid both cut the same square.
const PLACE_STEP_PX = 1
const SIZE_STEP_PX = 2
const ROLL_STEP_DEGREES = 1

const onGrid = (value: number, step: number): number => Math.round(value / step) * step

const faceSize = (face: Detection): number => Math.max(face.width, face.height)

/** The square around a face, turned as the eyes are; on a grid, so that a hair's difference of the face is none of the square. */
export const regionAround = (face: Detection): Square => ({
  center: [onGrid(face.center[0], PLACE_STEP_PX), onGrid(face.center[1], PLACE_STEP_PX)],
  size: onGrid(REGION_PER_FACE * faceSize(face), SIZE_STEP_PX),
  roll: onGrid(angleDegrees(face.rightEye, face.leftEye), ROLL_STEP_DEGREES),
})

/** The square for the next frame: the same as before while the face has hardly moved in it. */
export const nextRegion = (region: Square, face: Detection): Square => {
  const wanted = regionAround(face)
  const stays =
    distance(region.center, wanted.center) <= MOVE_TOLERANCE * faceSize(face) &&
    Math.abs(wanted.size / region.size - 1) <= SIZE_TOLERANCE &&
    Math.abs(turn(region.roll, wanted.roll)) <= ROLL_TOLERANCE_DEGREES
  return stays ? region : wanted
}
