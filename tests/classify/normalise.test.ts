import { describe, expect, it } from 'vitest'
import { openEye, SIDE, stripes } from '../../daemon/vision/classify/drawn.js'
import { normalise } from '../../daemon/vision/classify/normalise.js'

const normalised = (pixels: Uint8Array): Float32Array => {
  const target = new Float32Array(pixels.length)
  normalise(pixels, target, 0)
  return target
}

/** Brighter from left to right. */
const slope = (left: number, right: number): Uint8Array =>
  Uint8Array.from({ length: SIDE * SIDE }, (_, at) => left + ((at % SIDE) / (SIDE - 1)) * (right - left))

const isInner = (at: number): boolean => [at % SIDE, Math.floor(at / SIDE)].every((place) => place >= SIDE / 4 && place < SIDE - SIDE / 4)

describe('normalising a patch', () => {
  it('brings the median of the inner part to 0 and its middle four fifths to a range of 1.28', () => {
    const values = [...normalised(slope(60, 180))].filter((_, at) => isInner(at)).sort((a, b) => a - b)
    const at = (share: number): number => values[Math.floor(share * values.length)] ?? Number.NaN
    expect(at(0.5)).toBeCloseTo(0, 1)
    expect(at(0.9) - at(0.1)).toBeCloseTo(1.28, 1)
  })

  it('is not led by what lies in its outer quarter, as the rim of glasses does', () => {
    const rimmed = slope(60, 180).map((level, at) => (isInner(at) ? level : 0))
    const plain = normalised(slope(60, 180))
    normalised(rimmed).forEach((value, at) => {
      if (isInner(at)) expect(value).toBeCloseTo(plain[at] ?? Number.NaN, 6)
    })
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
