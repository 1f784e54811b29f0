/** Labels that are likely wrong: those no model that never saw the person believes, and twins of opposite labels. */
import { TEST_SIDE } from '../data/mrl.js'
import type { Judged } from './scores.js'

/** `probability` of closed, by a model that never saw the person. `twin`: path of a near-identical crop of the other label. */
export type Suspect = { path: string; label: 'closed' | 'open'; probability: number; reason: 'disagrees' | 'twin'; twin: string }

export type Candidate = Judged & { row: number; path: string; subject: string }

// Own: where such a model is that sure of the opposite, a look at a sample shows mostly wrong labels and lids half way.
const SURELY_OTHER = 0.97

const THUMB = 16
// Own: mean square difference of thumbnails brought to deviation 1; neighbouring frames of one film have 0.02 and more.
const TWIN_BELOW = 0.012

/** The crop at 16×16, brought to mean 0 and deviation 1. */
const thumbnail = (pixels: Uint8Array): Float32Array => {
  const step = TEST_SIDE / THUMB
  const small = new Float32Array(THUMB * THUMB)
  for (let y = 0; y < TEST_SIDE; y++) {
    for (let x = 0; x < TEST_SIDE; x++) {
      const at = Math.floor(y / step) * THUMB + Math.floor(x / step)
      small[at] = (small[at] ?? 0) + (pixels[y * TEST_SIDE + x] ?? 0)
    }
  }
  const mean = small.reduce((sum, value) => sum + value, 0) / small.length
  const deviation = Math.sqrt(small.reduce((sum, value) => sum + (value - mean) ** 2, 0) / small.length) || 1
  return small.map((value) => (value - mean) / deviation)
}

const difference = (a: Float32Array, b: Float32Array, limit: number): number => {
  let sum = 0
  // Most pairs are told apart by their first rows.
  for (let at = 0; at < a.length && sum < limit; at++) sum += ((a[at] ?? 0) - (b[at] ?? 0)) ** 2
  return sum
}

const twinsOf = (candidates: readonly Candidate[], pixels: Buffer): Suspect[] => {
  const thumbs = candidates.map(({ row }) => thumbnail(pixels.subarray(row * TEST_SIDE ** 2, (row + 1) * TEST_SIDE ** 2)))
  const limit = TWIN_BELOW * THUMB * THUMB
  return candidates.flatMap((one, at) => {
    if (!one.closed) return []
    return candidates.flatMap((other, there): Suspect[] => {
      const [a, b] = [thumbs[at], thumbs[there]]
      if (other.closed || a === undefined || b === undefined || difference(a, b, limit) >= limit) return []
      return [
        { path: one.path, label: 'closed', probability: one.probability, reason: 'twin', twin: other.path },
        { path: other.path, label: 'open', probability: other.probability, reason: 'twin', twin: one.path },
      ]
    })
  })
}

/** All suspects. `pixels`: 64×64 gray bytes each, by `row`. Twins are looked for within a person. */
export const suspectsOf = (candidates: readonly Candidate[], pixels: Buffer): Suspect[] => {
  const disagree = candidates.flatMap((one): Suspect[] => {
    const other = one.closed ? 1 - one.probability : one.probability
    return other > SURELY_OTHER
      ? [{ path: one.path, label: one.closed ? 'closed' : 'open', probability: one.probability, reason: 'disagrees', twin: '' }]
      : []
  })
  const people = new Map<string, Candidate[]>()
  for (const one of candidates) {
    const person = people.get(one.subject) ?? []
    person.push(one)
    people.set(one.subject, person)
  }
  return [...disagree, ...[...people.values()].flatMap((person) => twinsOf(person, pixels))]
}
