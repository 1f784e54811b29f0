/** Writes the folded network as an ONNX graph: `patch` [N,channels,side,side] in, `closed` [N] and `visible` [N] out. */
import type { OnnxGraph, OnnxNode, OnnxTensor } from '../onnx/model.js'
import type { Folded, FoldedUnit } from './fold.js'
import { OUTPUTS } from './network.js'

/** ONNX wants output, input, row, column (depthwise: channel, 1, row, column). */
const toOnnxOrder = ({ unit, kernel }: FoldedUnit): Float32Array => {
  const { side, kind, outputs } = unit
  const inputs = kind === 'depthwise' ? 1 : unit.inputs
  const ordered = new Float32Array(kernel.length)
  for (let output = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++)
      for (let place = 0; place < side * side; place++)
        ordered[(output * inputs + input) * side * side + place] = kernel[(place * inputs + input) * outputs + output] ?? 0
  return ordered
}

/** TensorFlow's SAME for a map of `mapSide` px: at stride 2 an even one is padded below and on the right only, an odd one all around. */
const padsOf = ({ side, stride }: FoldedUnit['unit'], mapSide: number): number[] => {
  if (side === 1) return [0, 0, 0, 0]
  return stride === 2 && mapSide % 2 === 0 ? [0, 0, 1, 1] : [1, 1, 1, 1]
}

const ZERO: OnnxTensor = { name: 'zero', dims: [], data: new Float32Array([0]) }
const SIX: OnnxTensor = { name: 'six', dims: [], data: new Float32Array([6]) }
const FIRST: OnnxTensor = { name: 'first', dims: [], data: new BigInt64Array([0n]) }
const SECOND: OnnxTensor = { name: 'second', dims: [], data: new BigInt64Array([1n]) }

/** `mapSide`: of the map that comes in, px. */
const convolution = (
  folded: FoldedUnit,
  input: string,
  mapSide: number,
): { nodes: OnnxNode[]; initializers: OnnxTensor[]; output: string } => {
  const { unit, bias } = folded
  const name = unit.kernel.split('/')[0] ?? unit.kernel
  const nodes: OnnxNode[] = [
    {
      op: 'Conv',
      inputs: [input, `${name}/kernel`, `${name}/bias`],
      outputs: [name],
      attributes: {
        kernel_shape: { ints: [unit.side, unit.side] },
        strides: { ints: [unit.stride, unit.stride] },
        pads: { ints: padsOf(unit, mapSide) },
        group: { int: unit.kind === 'depthwise' ? unit.inputs : 1 },
      },
    },
  ]
  if (unit.relu6) nodes.push({ op: 'Clip', inputs: [name, ZERO.name, SIX.name], outputs: [`${name}/relu6`] })
  return {
    nodes,
    initializers: [
      {
        name: `${name}/kernel`,
        dims: [unit.outputs, unit.kind === 'depthwise' ? 1 : unit.inputs, unit.side, unit.side],
        data: toOnnxOrder(folded),
      },
      { name: `${name}/bias`, dims: [unit.outputs], data: bias },
    ],
    output: unit.relu6 ? `${name}/relu6` : name,
  }
}

/** `metadata` travels in the file: what it is, what it was trained on, by which recipe. */
export const onnxGraph = (folded: Folded, metadata: Readonly<Record<string, string>>): OnnxGraph => {
  const byKernel = new Map(folded.units.map((each) => [each.unit.kernel, each]))
  const nodes: OnnxNode[] = []
  const initializers: OnnxTensor[] = [ZERO, SIX, FIRST, SECOND]
  let value = 'patch'
  const { blocks, features, side, channels } = folded.network
  let mapSide = side
  for (const block of blocks) {
    const before = value
    for (const { kernel } of block.units) {
      const unit = byKernel.get(kernel)
      if (unit === undefined) throw new Error(`nothing folded for ${kernel}`)
      const made = convolution(unit, value, mapSide)
      nodes.push(...made.nodes)
      initializers.push(...made.initializers)
      value = made.output
      mapSide = Math.ceil(mapSide / unit.unit.stride)
    }
    if (block.residual) {
      nodes.push({ op: 'Add', inputs: [before, value], outputs: [`${block.name}/add`] })
      value = `${block.name}/add`
    }
  }
  initializers.push({ name: 'head/kernel', dims: [features, OUTPUTS], data: folded.headKernel })
  initializers.push({ name: 'head/bias', dims: [OUTPUTS], data: folded.headBias })
  nodes.push(
    { op: 'GlobalAveragePool', inputs: [value], outputs: ['pooled'] },
    { op: 'Flatten', inputs: ['pooled'], outputs: ['features'], attributes: { axis: { int: 1 } } },
    { op: 'Gemm', inputs: ['features', 'head/kernel', 'head/bias'], outputs: ['logits'] },
    { op: 'Sigmoid', inputs: ['logits'], outputs: ['probabilities'] },
    // A scalar index takes the column and drops its axis.
    { op: 'Gather', inputs: ['probabilities', FIRST.name], outputs: ['closed'], attributes: { axis: { int: 1 } } },
    { op: 'Gather', inputs: ['probabilities', SECOND.name], outputs: ['visible'], attributes: { axis: { int: 1 } } },
  )
  return {
    name: 'eye-state',
    inputs: [{ name: 'patch', dims: ['N', channels, side, side] }],
    outputs: [
      { name: 'closed', dims: ['N'] },
      { name: 'visible', dims: ['N'] },
    ],
    initializers,
    nodes,
    metadata,
  }
}
