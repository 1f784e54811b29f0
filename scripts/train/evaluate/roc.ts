/** The receiver's curve: how many closed eyes are found for how many open ones called closed, as the threshold moves. */
import type { Judged } from './scores.js'

/** `threshold`: called closed from this probability on. Rates 0..1. */
export type RocPoint = { threshold: number; falsePositiveRate: number; truePositiveRate: number }
export type Roc = { points: RocPoint[]; area: number; best: RocPoint }

/**
 * The whole curve with the area under it, and the threshold where both rates are furthest apart (Youden's J).
 * Visibility does not enter: a curve needs an order. Throws when there is one class only.
 */
export const roc = (judged: readonly Judged[]): Roc => {
  const closed = judged.filter((each) => each.closed).length
  const open = judged.length - closed
  if (closed === 0 || open === 0) throw new Error('a curve needs closed and open eyes; one of them is missing')
  const ordered = [...judged].sort((a, b) => b.probability - a.probability)
  const points: RocPoint[] = [{ threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0 }]
  let [found, wrong, area] = [0, 0, 0]
  ordered.forEach((each, at) => {
    if (each.closed) found++
    else wrong++
    // Equal probabilities share one point.
    if (ordered[at + 1]?.probability === each.probability) return
    const last = points.at(-1)
    const point = { threshold: each.probability, falsePositiveRate: wrong / open, truePositiveRate: found / closed }
    if (last !== undefined) {
      area += ((point.falsePositiveRate - last.falsePositiveRate) * (point.truePositiveRate + last.truePositiveRate)) / 2
    }
    points.push(point)
  })
  const apart = (point: RocPoint): number => point.truePositiveRate - point.falsePositiveRate
  const best = points.reduce((one, other) => (apart(other) > apart(one) ? other : one))
  return { points, area, best }
}
