/** Where the eyes' middles are: the network's points, corrected for its known bias and steadied from frame to frame. */
import type { Detection } from './blazeface.js'
import { angleDegrees, distance, moved } from './geometry.js'
import type { Point } from './types.js'

/** The driver's own left and right, px. */
export type EyePoints = { left: Point; right: Point }

// BlazeFace's eye points lie below YuNet's, in inter-eye distances: without this, 0.042 (left) and 0.032 (right), medians over 7950 frames of some
// 18 people: `npm run measure-eyes` tells what is left, and how far single people are from it. Half is taken out: with all of it (0.037) the classifier,
// taught on lower cuts, sees both eyes in 99.43 % of faces turned to the camera instead of 99.54 % (`npm run measure-closed`).
const POINTS_TOO_LOW = 0.02

/** The middles of both eyes in one frame. */
export const eyeCentres = ({ leftEye, rightEye }: Detection): EyePoints => {
  const roll = angleDegrees(rightEye, leftEye)
  const up = -POINTS_TOO_LOW * distance(rightEye, leftEye)
  return { left: moved(leftEye, 0, up, roll), right: moved(rightEye, 0, up, roll) }
}

// Own: the points of a still face scatter by 0.3–1 % of the inter-eye distance from frame to frame, which is a pixel of the patch.
const SCATTER = 0.015

/**
 * A point that follows its measurements: hardly when they scatter, wholly when they move. What it stays behind is
 * below SCATTER inter-eye distances, however far and fast the move, and at any frame rate.
 */
const follow = (last: Point, now: Point, scatter: number): Point => {
  const away = distance(last, now)
  const gain = away / (away + scatter)
  return [last[0] + gain * (now[0] - last[0]), last[1] + gain * (now[1] - last[1])]
}

/** Remembers the last eyes of one face. */
export const createSteadyEyes = (): { next: (measured: EyePoints) => EyePoints; reset: () => void } => {
  let last: EyePoints | null = null
  return {
    next: (measured) => {
      const scatter = SCATTER * distance(measured.left, measured.right)
      last =
        last === null ? measured : { left: follow(last.left, measured.left, scatter), right: follow(last.right, measured.right, scatter) }
      return last
    },
    reset: () => {
      last = null
    },
  }
}
