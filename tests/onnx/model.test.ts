import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { encodeModel, type OnnxGraph, OnnxModelError } from '../../scripts/onnx/model.js'

/** y = (x · w) reshaped, then clipped below at 0 by a leaky slope: every attribute kind and both tensor types. */
const graph: OnnxGraph = {
  name: 'small',
  inputs: [{ name: 'x', dims: ['batch', 1, 2, 2] }],
  outputs: [{ name: 'y', dims: ['batch', 8] }],
  initializers: [
    { name: 'w', dims: [2, 1, 1, 1], data: Float32Array.of(2, -3) },
    { name: 'shape', dims: [2], data: BigInt64Array.of(0n, 8n) },
  ],
  nodes: [
    {
      op: 'Conv',
      inputs: ['x', 'w', ''],
      outputs: ['c'],
      attributes: { strides: { ints: [1, 1] }, group: { int: 1 }, auto_pad: { string: 'VALID' } },
    },
    { op: 'LeakyRelu', inputs: ['c'], outputs: ['r'], attributes: { alpha: { float: 0.5 } } },
    { op: 'Reshape', inputs: ['r', 'shape'], outputs: ['y'] },
  ],
  metadata: { licence: 'Apache-2.0' },
}

describe('an encoded model', () => {
  it('loads in ONNX Runtime and computes what its graph says, for any batch', async () => {
    const session = await InferenceSession.create(encodeModel(graph))
    const x = new Tensor('float32', Float32Array.of(1, 2, 3, 4, -1, -2, -3, -4), [2, 1, 2, 2])
    const { y } = await session.run({ x })
    expect(y?.dims).toEqual([2, 8])
    expect([...(y?.data ?? [])]).toEqual([2, 4, 6, 8, -1.5, -3, -4.5, -6, -1, -2, -3, -4, 3, 6, 9, 12])
    await session.release()
  })

  it('carries its metadata as text', () => {
    expect(Buffer.from(encodeModel(graph)).includes('Apache-2.0')).toBe(true)
  })
})

describe('a graph that cannot be right is refused', () => {
  it('when a node reads what nothing makes', () => {
    const broken = { ...graph, nodes: [{ op: 'Relu', inputs: ['nowhere'], outputs: ['y'] }] }
    expect(() => encodeModel(broken)).toThrow(OnnxModelError)
    expect(() => encodeModel(broken)).toThrow(/Relu reads nowhere/)
  })

  it('when an output is never made', () => {
    expect(() => encodeModel({ ...graph, nodes: [] })).toThrow(/nothing makes the output y/)
  })

  it('when data do not fill the dimensions', () => {
    const broken = { ...graph, initializers: [...graph.initializers, { name: 'b', dims: [3], data: Float32Array.of(1) }] }
    expect(() => encodeModel(broken)).toThrow(/tensor b: 3 needs 3 values, got 1/)
  })
})
