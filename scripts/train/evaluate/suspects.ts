/** Crops of MRL whose label is doubtful, and crops that show what another one shows. Nothing is left out of any figure for it. */
import { type Mrl, TEST_SIDE } from '../data/mrl.js'
import type { Judged } from './scores.js'

/** `row` of the manifest; `why` in words. */
export type Suspect = { row: number; why: string }

// Own: a model that never saw the person is this sure of the other state. Looked at, most below are narrow eyes and not wrong labels.
const SURE = 0.98

/** Crops that a model which never saw the person is sure are not what their label says. */
export const disagreements = (judged: readonly (Judged & { row: number })[]): Suspect[] =>
  judged
    .filter(({ closed, probability, visible }) => visible >= 0.5 && (closed ? 1 - probability : probability) >= SURE)
    .map(({ row, closed, probability }) => ({
      row,
      why: `labelled ${closed ? 'closed' : 'open'}, judged ${closed ? 'open' : 'closed'} with ${(closed ? 1 - probability : probability).toFixed(3)}`,
    }))

const SMALL_SIDE = 16
// Own: the mean difference of two pictures of the same moment is the sensor's noise, about one gray level when 16 pixels are averaged.
const SAME_LEVELS = 1

/** The patch at 16×16: means of 4×4 pixels. */
const shrink = (pixels: Buffer, row: number): Float32Array => {
  const block = TEST_SIDE / SMALL_SIDE
  const small = new Float32Array(SMALL_SIDE ** 2)
  for (let at = 0; at < TEST_SIDE ** 2; at++) {
    const [x, y] = [Math.floor((at % TEST_SIDE) / block), Math.floor(at / TEST_SIDE / block)]
    const cell = y * SMALL_SIDE + x
    small[cell] = (small[cell] ?? 0) + (pixels[row * TEST_SIDE ** 2 + at] ?? 0) / block ** 2
  }
  return small
}

const isSame = (a: Float32Array, b: Float32Array): boolean => {
  const most = SAME_LEVELS * a.length
  let sum = 0
  for (let at = 0; at < a.length && sum <= most; at++) sum += Math.abs((a[at] ?? 0) - (b[at] ?? 0))
  return sum <= most
}

/** Crops that are all but the same as an earlier one of the same person, whatever the labels. */
export const nearDuplicates = ({ crops, test }: Mrl): Suspect[] => {
  const kept = new Map<string, { row: number; small: Float32Array }[]>()
  const found: Suspect[] = []
  crops.forEach(({ subject, closed }, row) => {
    const others = kept.get(subject) ?? []
    kept.set(subject, others)
    const small = shrink(test, row)
    const same = others.find((other) => isSame(other.small, small))
    if (same === undefined) others.push({ row, small })
    else {
      const first = crops[same.row]
      found.push({ row, why: `same as ${first?.path ?? ''}${first?.closed === closed ? '' : ', which has the other label'}` })
    }
  })
  return found
}
