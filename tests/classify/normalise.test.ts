import { describe, expect, it } from 'vitest'
import { openEye, SIDE, stripes } from '../../daemon/vision/classify/drawn.js'
import { normalise } from '../../daemon/vision/classify/normalise.js'

const normalised = (pixels: Uint8Array): Float32Array => {
  const target = new Float32Array(pixels.length)
  normalise(pixels, target, 0)
  return target
}

const meanOf = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe('normalising a patch', () => {
  it('centres it on 0 and brings two deviations to 1', () => {
    const values = normalised(stripes().data)
    const mean = meanOf(values)
    expect(mean).toBeCloseTo(0, 1)
    expect(Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)))).toBeCloseTo(0.5, 1)
  })

  it('takes out brightness and contrast', () => {
    const plain = normalised(stripes().data)
    const changed = normalised(stripes().data.map((level) => 20 + level * 0.6))
    changed.forEach((value, at) => {
      expect(Math.abs(value - (plain[at] ?? Number.NaN))).toBeLessThan(0.05)
    })
  })

  it('does not blow the noise of an even patch up to full contrast', () => {
    const noise = Uint8Array.from({ length: SIDE * SIDE }, (_, at) => 100 + (at % 2))
    expect(Math.max(...normalised(noise).map(Math.abs))).toBeLessThan(0.1)
  })

  it('keeps a glint within the limit', () => {
    const dark = new Uint8Array(SIDE * SIDE).fill(40)
    dark[2000] = 255
    expect(Math.max(...normalised(dark))).toBe(2.5)
  })

  it('takes a patch of one gray for zeros', () => {
    expect(Math.max(...normalised(new Uint8Array(SIDE * SIDE).fill(200)).map(Math.abs))).toBe(0)
  })

  it('writes at the offset and nowhere else', () => {
    const target = new Float32Array(3 * SIDE * SIDE).fill(9)
    normalise(openEye().data, target, SIDE * SIDE)
    expect(target[SIDE * SIDE - 1]).toBe(9)
    expect(target[SIDE * SIDE]).not.toBe(9)
    expect(target[2 * SIDE * SIDE]).toBe(9)
  })
})
