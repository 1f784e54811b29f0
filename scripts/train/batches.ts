/** Draws training batches. A batch depends on the seed and its number alone, so that a resumed run goes on as if never stopped. */
import { augment } from './augment.js'
import { cellsOf, type Pool } from './cells.js'
import { type Leg, legAt } from './course.js'
import { OUTPUTS } from './network.js'
import { seeded } from './random.js'
import { spoil } from './spoil.js'

/**
 * `patches` N normalised patches; `targets` N×2 wanted probabilities of closed and visible; `weights` N×2, what each counts in the loss
 * (closed: only where there is an eye); `dropout` N×features factors.
 */
export type Batch = { patches: Float32Array; targets: Float32Array; weights: Float32Array; dropout: Float32Array }

export type BatchOptions = {
  seed: number
  size: number
  /** Of the network: side of its patches, px, and width of its last layer. */
  side: number
  features: number
  labelSmoothing: number
  /** Each leg's shares and disturbances hold for the batches of its steps. */
  legs: readonly Leg[]
  dropoutRate: number
  /** What "visible" counts beside "closed", which counts 1. */
  visibleWeight: number
}

const smoothed = (wanted: boolean, smoothing: number): number => (wanted ? 1 - smoothing / 2 : smoothing / 2)

/** Gives a function from the batch's number to the batch. */
export const batches = (pools: readonly Pool[], options: BatchOptions): ((number: number) => Batch) => {
  const { seed, size, side, features, labelSmoothing, dropoutRate, visibleWeight, legs } = options
  const cellsOfLeg = new Map(legs.map((leg) => [leg, cellsOf(pools, leg.course.shares)]))
  return (number) => {
    const random = seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b))
    const leg = legAt(legs, number)
    const { first, last } = leg.course.disturbed
    const augmentation = number < leg.lastFrom ? first : last
    const cells = cellsOfLeg.get(leg) ?? []
    const patches = new Float32Array(size * side ** 2)
    const targets = new Float32Array(size * OUTPUTS)
    const weights = new Float32Array(size * OUTPUTS)
    for (let at = 0; at < size; at++) {
      const draw = random.uniform()
      const cell = cells.find((each) => draw < each.until) ?? cells.at(-1)
      const row = cell?.rows[random.below(cell.rows.length)]
      if (cell === undefined || row === undefined) throw new Error('no patches to train on')
      const source = cell.pixels.subarray(row * cell.side ** 2, (row + 1) * cell.side ** 2)
      augment(cell.spoil ? spoil(source, cell.side, random) : source, cell.side, random, patches, at * side ** 2, side, augmentation)
      const isEye = cell.label !== 'none'
      targets.set([smoothed(cell.label === 'closed', labelSmoothing), smoothed(isEye, labelSmoothing)], at * OUTPUTS)
      weights.set([isEye ? 1 / size : 0, visibleWeight / size], at * OUTPUTS)
    }
    const dropout = new Float32Array(size * features)
    for (let at = 0; at < dropout.length; at++) dropout[at] = random.chance(dropoutRate) ? 0 : 1 / (1 - dropoutRate)
    return { patches, targets, weights, dropout }
  }
}
