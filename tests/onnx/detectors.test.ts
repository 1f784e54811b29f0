import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { halfFloats } from '../../scripts/tflite/half.js'
import { readTflite, TfliteError } from '../../scripts/tflite/reader.js'

const root = new URL('../..', import.meta.url)

/** sin(i/1000) · cos(0.37 i): a picture with everything in it. */
const waves = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(i * 0.001) * Math.cos(i * 0.37))

/**
 * What TensorFlow Lite itself (tflite-runtime 2.14) gives for that picture, at five places of each output, and the mean
 * size of all values.
 */
const truth = [
  {
    kind: 'short',
    side: 128,
    boxes: { 0: 0.563, 2048: 1.977, 4778: 0.036, 7168: -0.13, 14335: -15.175, mean: 12.8795 },
    scores: { 0: -4.538, 128: -4.032, 298: -3.91, 448: -4.63, 895: -28.062, mean: 3.988 },
  },
  {
    kind: 'full',
    side: 192,
    boxes: { 0: -2.777, 5266: 45.809, 12288: -1.721, 18432: -0.61, 36863: -0.679, mean: 11.1019 },
    scores: { 0: -8.705, 329: -3.732, 768: -4.58, 1152: -5.501, 2303: -8.599, mean: 5.043 },
  },
]

describe.each(truth)('the converted $kind-range detector', ({ kind, side, boxes, scores }) => {
  it('gives what TensorFlow Lite gives', async () => {
    const session = await InferenceSession.create(readFileSync(new URL(`models/blazeface-${kind}.onnx`, root)))
    const outputs = await session.run({ input: new Tensor('float32', waves(side * side * 3), [1, side, side, 3]) })
    for (const [width, expected] of [
      [16, boxes],
      [1, scores],
    ] as const) {
      const output = Object.values(outputs).find(({ dims }) => dims.at(-1) === width)?.data
      if (!(output instanceof Float32Array)) throw new Error(`no output of width ${width}`)
      const { mean, ...places } = expected
      for (const [place, value] of Object.entries(places)) expect(output[Number(place)]).toBeCloseTo(value, 2)
      expect(output.reduce((sum, value) => sum + Math.abs(value), 0) / output.length).toBeCloseTo(mean, 3)
    }
    await session.release()
  })
})

describe('half precision', () => {
  it('is read as its numbers: one, minus two, the smallest, the largest, infinity and none', () => {
    const read = halfFloats(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff, 0xfc00, 0x7e00))
    expect([...read]).toEqual([1, -2, 2 ** -24, 65504, Number.NEGATIVE_INFINITY, Number.NaN])
  })
})

describe('a file that is no TensorFlow Lite model', () => {
  it('is refused', () => {
    expect(() => readTflite(new TextEncoder().encode('something else entirely'))).toThrow(TfliteError)
  })
})
