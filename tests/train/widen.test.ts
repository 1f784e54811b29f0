import { describe, expect, it } from 'vitest'
import { seeded } from '../../scripts/train/random.js'
import { widen } from '../../scripts/train/widen.js'

const random = seeded(3)
const numbers = (count: number): number[] => Array.from({ length: count }, () => random.normal())

/** What a 1×1 convolution [inputs, outputs] gives for one pixel. */
const through = (kernel: ArrayLike<number>, outputs: number, pixel: readonly number[]): number[] =>
  Array.from({ length: outputs }, (_, output) =>
    pixel.reduce((sum, value, input) => sum + value * (kernel[input * outputs + output] ?? 0), 0),
  )

const stored = (shape: number[], values: number[]) => ({ shape, at: (index: number) => values[index] ?? Number.NaN })

const wide = (values: number[], shape: number[], wanted: number[], noise = 0, depthwise = false): Float32Array => {
  const target = new Float32Array(wanted.reduce((product, dim) => product * dim, 1))
  widen(target, wanted, stored(shape, values), { depthwise, noise }, seeded(1))
  return target
}

describe('a wider network', () => {
  const [first, second] = [numbers(3 * 4), numbers(4 * 2)]
  const pixel = numbers(3)
  const narrow = through(second, 2, through(first, 4, pixel).map(Math.abs))

  it.each([4, 5, 8, 11])('of %i channels in the middle gives what four gave', (middle) => {
    const inner = through(wide(first, [1, 1, 3, 4], [1, 1, 3, middle]), middle, pixel).map(Math.abs)
    const given = through(wide(second, [1, 1, 4, 2], [1, 1, middle, 2]), 2, inner)
    given.forEach((value, at) => {
      expect(value).toBeCloseTo(narrow[at] ?? Number.NaN, 5)
    })
  })

  it('keeps each channel by itself where the kernel is depthwise', () => {
    const kernel = wide([1, 2, 3], [1, 1, 3, 1], [1, 1, 5, 1], 0, true)
    expect([...kernel]).toEqual([1, 2, 3, 1, 2])
  })

  it('has noise upon the copies alone, so that they learn apart', () => {
    const values = numbers(3 * 4)
    const [plain, noisy] = [wide(values, [1, 1, 3, 4], [1, 1, 3, 6]), wide(values, [1, 1, 3, 4], [1, 1, 3, 6], 0.1)]
    plain.forEach((value, at) => {
      if (at % 6 < 4) expect(noisy[at]).toBe(value)
      else expect(noisy[at]).not.toBe(value)
    })
  })
})
