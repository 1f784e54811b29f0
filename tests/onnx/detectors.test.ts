import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { onGray } from '../../scripts/onnx/gray.js'
import { encodeModel, type OnnxGraph } from '../../scripts/onnx/model.js'
import { withSide } from '../../scripts/onnx/side.js'
import { widened } from '../../scripts/onnx/widen.js'
import { convertGraph } from '../../scripts/tflite/convert.js'
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

const convert = (kind: string): OnnxGraph =>
  convertGraph(
    kind,
    readTflite(readFileSync(new URL(`node_modules/@mediapipe/face_detection/face_detection_${kind}_range.tflite`, root))),
    {},
  )

/** The outputs of a graph for one input: boxes (16 values a place) and scores. */
const run = async (graph: OnnxGraph, input: Float32Array, dims: number[]): Promise<{ boxes: Float32Array; scores: Float32Array }> => {
  const session = await InferenceSession.create(encodeModel(graph))
  const outputs = await session.run({ input: new Tensor('float32', input, dims) })
  await session.release()
  const of = (width: number): Float32Array => {
    const output = Object.values(outputs).find((one) => one.dims.at(-1) === width)?.data
    if (!(output instanceof Float32Array)) throw new Error(`no output of width ${width}`)
    return output
  }
  return { boxes: of(16), scores: of(1) }
}

describe.each(truth)('the converted $kind-range detector', ({ kind, side, boxes, scores }) => {
  const graph = convert(kind)

  it.each([
    ['as it is', graph],
    ['widened to channels by eights', widened(graph)],
  ])('%s gives what TensorFlow Lite gives', async (_, one) => {
    const outputs = await run(one, waves(side * side * 3), [1, side, side, 3])
    for (const [output, expected] of [
      [outputs.boxes, boxes],
      [outputs.scores, scores],
    ] as const) {
      const { mean, ...places } = expected
      for (const [place, value] of Object.entries(places)) expect(output[Number(place)]).toBeCloseTo(value, 2)
      expect(output.reduce((sum, value) => sum + Math.abs(value), 0) / output.length).toBeCloseTo(mean, 3)
    }
  })

  it('gives the same for a gray plane as for a gray picture in colour', async () => {
    const plane = waves(side * side)
    const colour = Float32Array.from({ length: 3 * plane.length }, (_, at) => plane[Math.floor(at / 3)] ?? 0)
    const [gray, three] = [await run(widened(onGray(graph)), plane, [1, 1, side, side]), await run(graph, colour, [1, side, side, 3])]
    expect(Math.max(...gray.boxes.map((value, at) => Math.abs(value - (three.boxes[at] ?? 0))))).toBeLessThan(0.001)
    expect(Math.max(...gray.scores.map((value, at) => Math.abs(value - (three.scores[at] ?? 0))))).toBeLessThan(0.001)
  })
})

describe('short range for smaller pictures', () => {
  it('sees a picture’s upper left part as it did in the bigger one', async () => {
    const [whole, small] = [waves(128 * 128), new Float32Array(80 * 80)]
    for (let row = 0; row < 80; row++) small.set(whole.subarray(128 * row, 128 * row + 80), 80 * row)
    const big = await run(onGray(convert('short')), whole, [1, 1, 128, 128])
    const part = await run(withSide(onGray(convert('short')), 80), small, [1, 1, 80, 80])
    expect(part.scores.length).toBe(350)
    // The first cell: its field of view does not reach the new border.
    for (let value = 0; value < 16; value++) expect(part.boxes[value]).toBeCloseTo(big.boxes[value] ?? Number.NaN, 2)
  })

  it('is refused for full range, which resizes to sizes of its own', () => {
    expect(() => withSide(onGray(convert('full')), 160)).toThrow(/fixed size/)
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
