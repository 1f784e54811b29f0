import { describe, expect, it } from 'vitest'
import { normalise } from '../../daemon/vision/classify/normalise.js'
import { augment } from '../../scripts/train/augment.js'
import { batches } from '../../scripts/train/batches.js'
import type { Pool, Sample } from '../../scripts/train/cells.js'
import { FIRST, legsOf } from '../../scripts/train/course.js'
import { trainSideOf } from '../../scripts/train/data/mrl.js'
import { resized } from '../../scripts/train/data/pictures.js'
import { seeded, shuffle } from '../../scripts/train/random.js'
import { sameNumbers } from './bytes.js'

const SIDE = trainSideOf(64)
const PIXELS = SIDE ** 2
const MIDDLE = SIDE / 2

/** A source with a dark disc in the middle, as an iris. */
const source = Uint8Array.from({ length: PIXELS }, (_, at) =>
  Math.hypot((at % SIDE) - MIDDLE, Math.floor(at / SIDE) - MIDDLE) < 10 ? 40 : 140,
)

const made = (seed: number): Float32Array => {
  const target = new Float32Array(64 * 64)
  augment(source, SIDE, seeded(seed), target, 0)
  return target
}

describe('the seeded source of numbers', () => {
  it('repeats itself for a seed and differs for another', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seeded(seed).uniform)
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })

  it('is even in 0..1, and normal with deviation 1', () => {
    const random = seeded(3)
    const uniform = Array.from({ length: 20_000 }, random.uniform)
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...uniform)).toBeLessThan(1)
    expect(uniform.reduce((sum, value) => sum + value, 0) / 20_000).toBeCloseTo(0.5, 1)
    const normal = Array.from({ length: 20_000 }, random.normal)
    expect(normal.reduce((sum, value) => sum + value * value, 0) / 20_000).toBeCloseTo(1, 1)
  })

  it('shuffles without loss', () => {
    const values = Array.from({ length: 50 }, (_, at) => at)
    shuffle(values, seeded(1))
    expect(values).not.toEqual([...values].sort((a, b) => a - b))
    expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at))
  })
})

describe('augmenting', () => {
  it('is the same for a seed and differs from seed to seed', () => {
    expect(sameNumbers(made(1), made(1))).toBe(true)
    expect(sameNumbers(made(1), made(2))).toBe(false)
  })

  it('keeps the eye near the middle in nine of ten, whatever it does to it', () => {
    let darkInTheMiddle = 0
    for (let seed = 0; seed < 200; seed++) {
      const patch = made(seed)
      const mean = (keep: (distance: number) => boolean): number => {
        const kept = patch.filter((_, at) => keep(Math.hypot((at % 64) - 32, Math.floor(at / 64) - 32)))
        return kept.reduce((sum, value) => sum + value, 0) / kept.length
      }
      if (mean((distance) => distance < 8) < mean((distance) => distance > 20)) darkInTheMiddle++
    }
    // A fifth lie far aside, and a glint upon the iris may make it the brighter part.
    expect(darkInTheMiddle).toBeGreaterThan(180)
  })

  it('writes numbers within the limits of normalising', () => {
    for (let seed = 0; seed < 50; seed++) expect(Math.max(...made(seed).map(Math.abs))).toBeLessThanOrEqual(2.5)
  })
})

const samples = (person: string, label: Sample['label'], rows: number[]): Sample[] => rows.map((row) => ({ row, person, label }))

describe('drawing batches', () => {
  // Nine closed patches of one person, a single open one of another, and the same ten spoiled.
  const pixels = Buffer.concat(Array.from({ length: 10 }, () => Buffer.from(source)))
  const eyes = [...samples('a', 'closed', [0, 1, 2, 3, 4, 5, 6, 7, 8]), ...samples('b', 'open', [9])]
  const pools: Pool[] = [
    { source: 'mrl', pixels, side: SIDE, samples: eyes, spoil: false },
    { source: 'spoiled', pixels, side: SIDE, samples: samples('a', 'none', [0, 9]), spoil: true },
  ]
  const options = {
    seed: 5,
    size: 200,
    labelSmoothing: 0.04,
    dropoutRate: 0.25,
    visibleWeight: 0.5,
    side: 64,
    features: 1280,
    // A hundred batches, the last forty of which disturb but mildly.
    legs: legsOf([{ ...FIRST, epochs: 100, shares: { mrl: { closed: 0.4, open: 0.4 }, spoiled: { none: 0.2 } } }], 10, 200),
  }
  const draw = batches(pools, options)
  const column = (values: Float32Array, output: number): number[] => [...values].filter((_, at) => at % 2 === output)

  it('depends on the number of the batch alone, so that a resumed run goes on unchanged', () => {
    draw(3)
    const [first, again, next] = [draw(8), draw(8), draw(9)]
    for (const part of ['patches', 'targets', 'weights', 'dropout'] as const) expect(sameNumbers(first[part], again[part])).toBe(true)
    expect(sameNumbers(first.patches, next.patches)).toBe(false)
  })

  it('shows closed, open and no eye by their shares, however unequal the set', () => {
    const { targets, weights } = draw(0)
    const closed = column(targets, 0).filter((target) => target > 0.5).length
    const none = column(weights, 0).filter((weight) => weight === 0).length
    expect(closed).toBeGreaterThan(60)
    expect(closed).toBeLessThan(100)
    expect(none).toBeGreaterThan(20)
    expect(none).toBeLessThan(60)
  })

  it('disturbs less from the mild batches on', () => {
    const plain = new Float32Array(64 * 64)
    normalise(resized(source, SIDE, 64), plain, 0)
    const disturbance = (number: number): number => {
      const { patches, weights } = draw(number)
      const eyes = column(weights, 0).flatMap((weight, at) => (weight > 0 ? [at] : []))
      const apart = (patch: number): number =>
        plain.reduce((sum, value, at) => sum + Math.abs(value - (patches[patch * plain.length + at] ?? 0)), 0)
      return eyes.reduce((sum, patch) => sum + apart(patch), 0) / eyes.length
    }
    expect(disturbance(60)).toBeLessThan(0.95 * disturbance(59))
    expect(disturbance(59)).toBeGreaterThan(0)
  })

  it('asks of what shows no eye only that it is not visible', () => {
    const { targets, weights } = draw(0)
    const [lids, visible, counts] = [column(weights, 0), column(targets, 1), column(weights, 1)]
    lids.forEach((weight, at) => {
      expect((visible[at] ?? Number.NaN) > 0.5).toBe(weight > 0)
      expect(counts[at]).toBeCloseTo(0.5 / 200)
    })
  })

  it('softens the labels and keeps the mean of the features under dropout', () => {
    const { targets, dropout } = draw(0)
    expect(new Set([...targets].map((target) => target.toFixed(2)))).toEqual(new Set(['0.98', '0.02']))
    expect(dropout.reduce((sum, factor) => sum + factor, 0) / dropout.length).toBeCloseTo(1, 1)
  })

  it('refuses an empty set', () => {
    expect(() => batches([], options)(0)).toThrow(/no patches/)
  })
})
