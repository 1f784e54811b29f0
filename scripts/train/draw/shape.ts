/** The shape of one drawn eye: where its corners are, and the curves of its lids. Places are shares of the side, y grows downwards. */
import type { Random } from '../random.js'
import type { Curve } from './band.js'

export type Shape = {
  /** The middle between the corners. */
  cx: number
  cy: number
  /** Half the distance between the corners. */
  half: number
  /** Rise of the line through the corners, per side. */
  tilt: number
}

export const drawShape = (random: Random): Shape => ({
  cx: random.between(0.44, 0.56),
  cy: random.between(0.44, 0.6),
  // As MRL's crops are cut, or so close that the lids fill the patch, as CEW's.
  half: random.chance(0.65) ? random.between(0.17, 0.32) : random.between(0.32, 0.52),
  tilt: random.chance(0.3) ? random.between(-0.4, 0.4) : random.between(-0.14, 0.14),
})

// Widths and lengths of what is drawn are given for an eye of this half width.
const USUAL_HALF = 0.26

/** How much larger than usual this eye is. */
export const sizeOf = ({ half }: Shape): number => half / USUAL_HALF

/**
 * A curve from corner to corner that bulges by `height` (downwards where it is positive) most at `skew` of its half width off the middle.
 * `roundness` below 1 makes it fuller, above 1 more pointed; `reach` stretches it past the corners.
 */
export const lid = ({ cx, cy, half, tilt }: Shape, height: number, skew: number, roundness: number, reach = 1): Curve => ({
  from: cx - half * reach,
  to: cx + half * reach,
  at: (x) => {
    const across = Math.max(-1, Math.min(1, (x - cx) / (half * reach)))
    const place = across < skew ? (across - skew) / (1 + skew) : (across - skew) / (1 - skew)
    return cy + (x - cx) * tilt + height * Math.max(0, 1 - place * place) ** roundness
  },
})

/** The same curve, `by` further down. */
export const moved = ({ from, to, at }: Curve, by: number): Curve => ({ from, to, at: (x) => at(x) + by })
