/** A figure over the time driven, in steps; however long it gets, it has no more than 96 of them. Pure. */
import { z } from 'zod'

/** Per step: the sum of figure × ms, and the ms for which the figure was known. */
export const curve = z.strictObject({
  stepMinutes: z.number().int().positive(),
  sums: z.array(z.number()),
  knownMs: z.array(z.number()),
})

export type Curve = z.infer<typeof curve>

// Own: fine enough to see a driver tire within half an hour.
const FIRST_STEP_MINUTES = 5
// Own: 8 hours at 5 minutes; a longer time is told in longer steps, so that a summary stays under 2 kB.
const MOST_STEPS = 96

export const emptyCurve = (): Curve => ({ stepMinutes: FIRST_STEP_MINUTES, sums: [], knownMs: [] })

const inPairs = (values: readonly number[]): number[] =>
  Array.from({ length: Math.ceil(values.length / 2) }, (_, pair) => (values[2 * pair] ?? 0) + (values[2 * pair + 1] ?? 0))

/**
 * Adds `ms` at a point of the time driven, in place.
 * @param drivenMs time driven so far
 * @param figure null: not known for that time
 */
export const addToCurve = (to: Curve, drivenMs: number, figure: number | null, ms: number): void => {
  const stepAt = () => Math.floor(drivenMs / (to.stepMinutes * 60_000))
  while (stepAt() >= MOST_STEPS) {
    to.stepMinutes *= 2
    to.sums = inPairs(to.sums)
    to.knownMs = inPairs(to.knownMs)
  }
  while (to.sums.length <= stepAt()) {
    to.sums.push(0)
    to.knownMs.push(0)
  }
  if (figure === null) return
  const step = stepAt()
  to.sums[step] = (to.sums[step] ?? 0) + figure * ms
  to.knownMs[step] = (to.knownMs[step] ?? 0) + ms
}

/** The mean of each step; null where the figure was never known. */
export const meansOf = ({ sums, knownMs }: Curve): (number | null)[] =>
  sums.map((sum, step) => {
    const ms = knownMs[step] ?? 0
    return ms > 0 ? sum / ms : null
  })
