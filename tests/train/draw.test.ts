import { describe, expect, it } from 'vitest'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { INPUT_SIDE } from '../../daemon/vision/classify/normalise.js'
import { band, hair } from '../../scripts/train/draw/band.js'
import { drawEye } from '../../scripts/train/draw/eye.js'
import { lid } from '../../scripts/train/draw/shape.js'
import { jobOnnx } from '../../scripts/train/places.js'
import { seeded } from '../../scripts/train/random.js'

const SIDE = 40
const white = () => ({ side: SIDE, pixels: new Float32Array(SIDE * SIDE).fill(200) })
const rowsBelow = (pixels: Float32Array, column: number, level: number): number[] =>
  Array.from({ length: SIDE }, (_, row) => row).filter((row) => (pixels[row * SIDE + column] ?? 0) < level)

describe('lines and hairs', () => {
  const shape = { cx: 0.5, cy: 0.5, half: 0.3, tilt: 0 }

  it('follow a lid from corner to corner, lowest in the middle where it hangs', () => {
    const curve = lid(shape, 0.2, 0, 1)
    expect(curve.at(0.2)).toBeCloseTo(0.5)
    expect(curve.at(0.5)).toBeCloseTo(0.7)
    expect(curve.at(0.8)).toBeCloseTo(0.5)
  })

  it('cover what lies on the curve, and nothing past its ends', () => {
    const square = white()
    band(square, { curve: lid(shape, 0, 0, 1), above: 0.05, below: 0.05, strength: 1, shade: 10 })
    const dark = rowsBelow(square.pixels, 20, 100)
    expect(dark.length).toBeGreaterThan(0)
    for (const row of dark) expect(Math.abs(row + 0.5 - SIDE / 2)).toBeLessThan(3)
    expect(rowsBelow(square.pixels, 5, 199)).toEqual([])
  })

  it('grow from where they stand by their length', () => {
    const square = white()
    hair(square, { x: 0.5, y: 0.25, angle: Math.PI / 2, length: 0.5, bend: 0, width: 0.02, strength: 1, shade: 0 })
    const dark = rowsBelow(square.pixels, 20, 150)
    expect(Math.min(...dark)).toBeGreaterThanOrEqual(SIDE * 0.25 - 1)
    expect(Math.max(...dark)).toBeLessThanOrEqual(SIDE * 0.75 + 1)
    expect(dark.length).toBeGreaterThan(SIDE * 0.3)
  })
})

describe('a drawn eye', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(drawEye(72, true, seeded(1))).toEqual(drawEye(72, true, seeded(1)))
    expect(drawEye(72, true, seeded(2))).not.toEqual(drawEye(72, true, seeded(1)))
  })

  it('is told for what it is by the run that had others of them in the place of CEW', async () => {
    const random = seeded(99)
    const classifier = await createClassifier({ kind: 'onnx', model: jobOnnx('held-out') })
    const told = async (closed: boolean): Promise<number> => {
      const drawn = Array.from({ length: 200 }, () => ({
        width: INPUT_SIDE,
        height: INPUT_SIDE,
        data: drawEye(INPUT_SIDE, closed, random),
      }))
      const states = await classifier.classify(drawn)
      return states.filter((state) => state.visible >= 0.5 && state.closed >= 0.5 === closed).length / drawn.length
    }
    const [shut, open] = [await told(true), await told(false)]
    await classifier.close()
    expect(shut).toBeGreaterThan(0.85)
    expect(open).toBeGreaterThan(0.85)
  })
})
