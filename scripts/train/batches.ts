/** Draws training batches. A batch depends on the seed and its number alone, so that a resumed run goes on as if never stopped. */
import { INPUT_SIDE } from '../../daemon/vision/classify/normalise.js'
import { augment } from './augment.js'
import { cellsOf, type DrawBy } from './cells.js'
import { type Mrl, TRAIN_SIDE } from './mrl.js'
import { FEATURES } from './network.js'
import { seeded } from './random.js'

/** `patches` N normalised patches, `targets` N wanted probabilities of closed, `dropout` N×1280 factors. */
export type Batch = { patches: Float32Array; targets: Float32Array; dropout: Float32Array }

export type BatchOptions = { seed: number; size: number; labelSmoothing: number; dropoutRate: number; drawBy: DrawBy }

/** Gives a function from the batch's number to the batch. */
export const batches = (mrl: Mrl, rows: readonly number[], options: BatchOptions): ((number: number) => Batch) => {
  const { seed, size, labelSmoothing, dropoutRate, drawBy } = options
  const cells = cellsOf(mrl.crops, rows, drawBy)
  return (number) => {
    const random = seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b))
    const patches = new Float32Array(size * INPUT_SIDE ** 2)
    const targets = new Float32Array(size)
    for (let at = 0; at < size; at++) {
      const draw = random.uniform()
      const cell = cells.find((each) => draw < each.until) ?? cells.at(-1)
      const row = cell?.rows[random.below(cell.rows.length)]
      if (cell === undefined || row === undefined) throw new Error('no crops to train on')
      augment(mrl.train.subarray(row * TRAIN_SIDE ** 2, (row + 1) * TRAIN_SIDE ** 2), TRAIN_SIDE, random, patches, at * INPUT_SIDE ** 2)
      targets[at] = cell.closed ? 1 - labelSmoothing / 2 : labelSmoothing / 2
    }
    const dropout = new Float32Array(size * FEATURES)
    for (let at = 0; at < dropout.length; at++) dropout[at] = random.chance(dropoutRate) ? 0 : 1 / (1 - dropoutRate)
    return { patches, targets, dropout }
  }
}
