/** The yardstick: MobileNetV2 α 1.0 at 96×96 with random weights, whose time says how fast the machine is just now. */
import { encodeModel, type OnnxNode, type OnnxTensor } from '../onnx/model.js'
import { mobilenetV2 } from '../train/architectures/mobilenet-v2.js'
import type { Unit } from '../train/architectures/unit.js'
import { seeded } from '../train/random.js'

export const REFERENCE_SIDE = 96

const random = seeded(1)

/** Small enough that no value leaves the range of a float on its way through 53 layers. */
const weights = (count: number, fanIn: number): Float32Array =>
  Float32Array.from({ length: count }, () => random.normal() / Math.sqrt(fanIn))

const convolution = (unit: Unit, input: string): { nodes: OnnxNode[]; initializers: OnnxTensor[]; output: string } => {
  const { kernel: name, side, stride, inputs, outputs } = unit
  const perGroup = unit.kind === 'depthwise' ? 1 : inputs
  const before = side === 1 ? 0 : stride === 2 ? 0 : 1
  const after = side === 1 ? 0 : 1
  const nodes: OnnxNode[] = [
    {
      op: 'Conv',
      inputs: [input, `${name}/w`, `${name}/b`],
      outputs: [name],
      attributes: {
        kernel_shape: { ints: [side, side] },
        strides: { ints: [stride, stride] },
        pads: { ints: [before, before, after, after] },
        group: { int: unit.kind === 'depthwise' ? inputs : 1 },
      },
    },
  ]
  if (unit.relu6) nodes.push({ op: 'Clip', inputs: [name, 'zero', 'six'], outputs: [`${name}/relu6`] })
  return {
    nodes,
    initializers: [
      { name: `${name}/w`, dims: [outputs, perGroup, side, side], data: weights(outputs * perGroup * side * side, perGroup * side * side) },
      { name: `${name}/b`, dims: [outputs], data: new Float32Array(outputs) },
    ],
    output: unit.relu6 ? `${name}/relu6` : name,
  }
}

/** The bytes of the .onnx file: `picture` [1, 3, 96, 96] in, `pooled` [1, 1280, 1, 1] out. */
export const referenceModel = (): Uint8Array => {
  const nodes: OnnxNode[] = []
  const initializers: OnnxTensor[] = [
    { name: 'zero', dims: [], data: new Float32Array([0]) },
    { name: 'six', dims: [], data: new Float32Array([6]) },
  ]
  let value = 'picture'
  for (const { name, units, residual } of mobilenetV2(1, 3, 'depthwise')) {
    const before = value
    for (const unit of units) {
      const made = convolution(unit, value)
      nodes.push(...made.nodes)
      initializers.push(...made.initializers)
      value = made.output
    }
    if (!residual) continue
    nodes.push({ op: 'Add', inputs: [before, value], outputs: [`${name}/add`] })
    value = `${name}/add`
  }
  nodes.push({ op: 'GlobalAveragePool', inputs: [value], outputs: ['pooled'] })
  return encodeModel({
    name: 'reference',
    inputs: [{ name: 'picture', dims: [1, 3, REFERENCE_SIDE, REFERENCE_SIDE] }],
    outputs: [{ name: 'pooled', dims: [1, 1280, 1, 1] }],
    initializers,
    nodes,
  })
}
