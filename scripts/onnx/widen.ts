/**
 * Widens a graph's values to channels by eights, with channels that are always 0. ONNX Runtime has its fast convolutions for such widths only, and
 * where a chain of sums is of one width, what paddings stood in it fall away. The numbers that come out stay the same.
 */
import { type OnnxGraph, OnnxModelError, type OnnxNode, type OnnxTensor } from './model.js'

// Channels in a block of ONNX Runtime's own layout (NCHWc) on AVX2; AVX-512 has 16, and takes eights too.
const BLOCK = 8

/** `values` of [outer, inner, ...rest], or [outer], with zeros up to the wider ones. */
const filled = ({ name, dims, data }: OnnxTensor, outer: number, inner: number): OnnxTensor => {
  if (!(data instanceof Float32Array)) throw new OnnxModelError(`${name} holds no floats`)
  const [outerWas = 1, innerWas = 1, ...rest] = dims
  const run = rest.reduce((product, dim) => product * dim, 1)
  const values = new Float32Array(outer * inner * run)
  for (let at = 0; at < outerWas; at++) values.set(data.subarray(at * innerWas * run, (at + 1) * innerWas * run), at * inner * run)
  return { name, dims: dims.length > 1 ? [outer, inner, ...rest] : [outer], data: values }
}

const isDepthwise = ({ op, attributes }: OnnxNode): boolean => {
  const group = attributes?.group
  return op === 'Conv' && group !== undefined && 'int' in group && group.int > 1
}

/** Values that must be of one width, found together; each set has the width of its widest. */
const createSets = () => {
  const parents = new Map<string, string>()
  const widths = new Map<string, number>()
  const top = (name: string): string => {
    const parent = parents.get(name)
    return parent === undefined ? name : top(parent)
  }
  const width = (name: string): number => widths.get(top(name)) ?? 0
  return {
    width,
    widen: (name: string, channels: number): void => {
      widths.set(top(name), Math.max(width(name), channels))
    },
    join: (a: string, b: string): void => {
      const [one, other] = [top(a), top(b)]
      if (one === other) return
      const widest = Math.max(width(one), width(other))
      parents.set(one, other)
      widths.set(other, widest)
    },
  }
}

/**
 * The same graph, wider. Knows what the face detectors use. The results' last convolutions keep their width.
 * @throws OnnxModelError where a Pad adds anything but channels
 */
export const widened = (graph: OnnxGraph): OnnxGraph => {
  const constants = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]))
  const constant = (name: string | undefined): OnnxTensor => {
    const found = constants.get(name ?? '')
    if (found === undefined) throw new OnnxModelError(`${name} is computed where a constant is needed`)
    return found
  }
  const results = new Set(graph.nodes.filter(({ op }) => op === 'Transpose').flatMap(({ inputs }) => inputs))
  const pooled = new Set(graph.nodes.filter(({ op }) => op === 'MaxPool' || op === 'Resize').flatMap(({ outputs }) => outputs))

  const sets = createSets()
  for (const node of graph.nodes) {
    const [output = ''] = node.outputs
    const [from = ''] = node.inputs
    if (node.op === 'Transpose' || node.op === 'Reshape' || node.op === 'Identity') continue
    if (node.op === 'Conv' && !isDepthwise(node)) {
      const channels = constant(node.inputs[1]).dims[0] ?? 0
      sets.widen(output, results.has(output) ? channels : Math.ceil(channels / BLOCK) * BLOCK)
    } else if (node.op === 'Add') for (const input of node.inputs) sets.join(input, output)
    // Two sizes of picture need not be of one width: where the smaller is padded, the chain is cut.
    else if (!(node.op === 'Pad' && pooled.has(from))) sets.join(from, output)
  }

  const renamed = new Map<string, string>()
  const nodes: OnnxNode[] = []
  const put = (tensor: OnnxTensor): string => {
    constants.set(tensor.name, tensor)
    return tensor.name
  }
  /** Channels that are passed on, and new ones of 0: a convolution, since it stays in the runtime's layout and a Pad does not. */
  const passOn = (from: string, output: string, before: number, after: number): OnnxNode => {
    const data = new Float32Array(after * before)
    for (let channel = 0; channel < before; channel++) data[channel * before + channel] = 1
    const weights = put({ name: `${output}:passed`, dims: [after, before, 1, 1], data })
    const bias = put({ name: `${output}:nothing`, dims: [after], data: new Float32Array(after) })
    const attributes = { kernel_shape: { ints: [1, 1] }, strides: { ints: [1, 1] }, pads: { ints: [0, 0, 0, 0] }, group: { int: 1 } }
    return { op: 'Conv', inputs: [from, weights, bias], outputs: [output], attributes }
  }

  for (const original of graph.nodes) {
    const node = { ...original, inputs: original.inputs.map((name) => renamed.get(name) ?? name) }
    const [output = ''] = node.outputs
    const [from = '', second, third] = node.inputs
    const [before, after] = [sets.width(from), sets.width(output)]
    if (node.op === 'Conv') {
      const weights = constant(second)
      put(filled(weights, after, isDepthwise(node) ? 1 : before || (weights.dims[1] ?? 0)))
      put(filled(constant(third), after, 1))
      nodes.push(isDepthwise(node) ? { ...node, attributes: { ...node.attributes, group: { int: after } } } : node)
    } else if (node.op === 'Pad') {
      const { name, data } = constant(second)
      if (data.length !== 8 || data.some((pad, at) => at !== 5 && Number(pad) !== 0)) {
        throw new OnnxModelError(`${output}: a Pad of anything but channels is not known`)
      }
      constants.delete(name)
      if (before === after) renamed.set(output, from)
      else nodes.push(passOn(from, output, before, after))
    } else nodes.push(node)
  }
  return { ...graph, nodes, initializers: [...constants.values()] }
}
