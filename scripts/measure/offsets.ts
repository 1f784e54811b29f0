/** How far our eye centres lie from YuNet's, and how far they jump, in inter-eye distances. Pure. */
import { angleDegrees, distance, moved } from '../../daemon/vision/locate/geometry.js'
import type { Point } from '../../daemon/vision/locate/types.js'
import type { Look } from './looks.js'
import { median } from './statistics.js'

export const SIDES = ['left', 'right'] as const
export type Side = (typeof SIDES)[number]

/** One eye in one frame: from YuNet's centre to ours, along and across the eye line, shares of YuNet's inter-eye distance. */
export type Offset = { look: Look; side: Side; along: number; across: number }

/** The offsets of all eyes that both see; in each side's own, left and right apart. */
export const offsetsOf = (looks: readonly Look[]): Offset[] =>
  looks.flatMap((look) =>
    SIDES.flatMap((side) => {
      const { located, reference } = look
      const ours = located[side]
      if (ours === null || reference === null) return []
      const scale = distance(reference.right, reference.left)
      const away: Point = [ours.square.center[0] - reference[side][0], ours.square.center[1] - reference[side][1]]
      const [along, across] = moved([0, 0], away[0], away[1], -angleDegrees(reference.right, reference.left))
      return [{ look, side, along: along / scale, across: across / scale }]
    }),
  )

export type Bias = Record<Side, { along: number; across: number }>

/** The constant part: one vector for each side over all frames, by medians. */
export const biasOf = (offsets: readonly Offset[]): Bias => {
  const of = (side: Side) => {
    const own = offsets.filter((offset) => offset.side === side)
    return { along: median(own.map(({ along }) => along)), across: median(own.map(({ across }) => across)) }
  }
  return { left: of('left'), right: of('right') }
}

/** What is left of an offset without the constant part, in inter-eye distances. */
export const errorOf = ({ side, along, across }: Offset, bias: Bias): number =>
  Math.hypot(along - bias[side].along, across - bias[side].across)

// The measure: an eye stands still when YuNet's own centre moves less than this, in inter-eye distances.
const STILL = 0.005

/** The moves of our centres from one frame to the next while YuNet's stand still, in inter-eye distances. Looks of one recording, in order. */
export const jitterOf = (looks: readonly Look[]): number[] =>
  looks.flatMap((look, index) => {
    const before = looks[index - 1]
    if (before === undefined) return []
    return SIDES.flatMap((side) => {
      const [now, last] = [look.located[side], before.located[side]]
      if (now === null || last === null || look.reference === null || before.reference === null) return []
      const scale = distance(look.reference.right, look.reference.left)
      if (distance(before.reference[side], look.reference[side]) >= STILL * scale) return []
      return [distance(last.square.center, now.square.center) / scale]
    })
  })
