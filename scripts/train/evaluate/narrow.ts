/** Which open eyes are narrow: those that look most like shut ones to a judge so simple that it sees little but the lids' distance. */
import { normalise } from '../../../daemon/vision/classify/normalise.js'
import { type Mrl, TEST_SIDE } from '../data/mrl.js'
import { FOLDS } from '../split.js'

const SIDE = 16
const INPUTS = SIDE ** 2 + 1

/** The normalised patch at 16×16 (means of 4×4 pixels), and a constant. */
const coarse = (patch: Uint8Array): Float32Array => {
  const values = new Float32Array(TEST_SIDE ** 2)
  normalise(patch, values, 0)
  const block = TEST_SIDE / SIDE
  const inputs = new Float32Array(INPUTS)
  for (let at = 0; at < values.length; at++) {
    const cell = Math.floor(at / TEST_SIDE / block) * SIDE + Math.floor((at % TEST_SIDE) / block)
    inputs[cell] = (inputs[cell] ?? 0) + (values[at] ?? 0) / block ** 2
  }
  inputs[INPUTS - 1] = 1
  return inputs
}

const score = (weights: Float32Array, inputs: Float32Array): number => {
  let sum = 0
  for (let at = 0; at < INPUTS; at++) sum += (weights[at] ?? 0) * (inputs[at] ?? 0)
  return sum
}

const PASSES = 3
const RATE = 0.003

/** Logistic regression of closed on the coarse patches, by gradient descent over these rows. */
const regress = (patches: readonly Float32Array[], closed: readonly boolean[], rows: readonly number[]): Float32Array => {
  const weights = new Float32Array(INPUTS)
  // A stride prime to the number of rows mixes people and labels without drawing.
  const stride = 7919
  for (let step = 0; step < PASSES * rows.length; step++) {
    const row = rows[(step * stride) % rows.length] ?? 0
    const inputs = patches[row] ?? new Float32Array(INPUTS)
    const slope = 1 / (1 + Math.exp(-score(weights, inputs))) - (closed[row] === true ? 1 : 0)
    for (let at = 0; at < INPUTS; at++) weights[at] = (weights[at] ?? 0) - RATE * slope * (inputs[at] ?? 0)
  }
  return weights
}

// Own: a fifth is enough crops for a figure in every fold.
const NARROW_SHARE = 0.2

/**
 * Rows of the fifth of the open crops that a linear judge of 16×16 gray levels, which never saw the person, finds most closed. Looked at, most
 * are narrow or lowered eyes; the rest are small, blurred or behind dark rims.
 */
export const narrowOpenRows = ({ crops, test }: Mrl): Set<number> => {
  const patches = crops.map((_, row) => coarse(test.subarray(row * TEST_SIDE ** 2, (row + 1) * TEST_SIDE ** 2)))
  const closed = crops.map((crop) => crop.closed)
  const all = crops.map((_, row) => row)
  const scored = FOLDS.flatMap((people) => {
    const isTested = (row: number): boolean => people.includes(crops[row]?.subject ?? '')
    const weights = regress(
      patches,
      closed,
      all.filter((row) => !isTested(row)),
    )
    return all
      .filter((row) => isTested(row) && closed[row] === false)
      .map((row) => ({ row, score: score(weights, patches[row] ?? new Float32Array(INPUTS)) }))
  }).sort((a, b) => b.score - a.score)
  return new Set(scored.slice(0, Math.round(NARROW_SHARE * scored.length)).map(({ row }) => row))
}
