/**
 * Makes a network of convolutions compute in 8 bits: each value between convolutions is rounded to 256 levels of its range, each kernel to 255 levels a
 * channel. Written with QuantizeLinear and DequantizeLinear around each operation, which ONNX Runtime joins into its own 8-bit operations.
 */
import { type OnnxGraph, OnnxModelError, type OnnxNode, type OnnxTensor } from './model.js'

/** Least and greatest number that a value takes. */
export type Range = readonly [number, number]

/** Values whose range must be measured: results of convolutions that are not clipped, and sums. */
export const openRanges = ({ nodes }: OnnxGraph): string[] => {
  const clipped = new Set(nodes.filter(({ op }) => op === 'Clip').map(({ inputs }) => inputs[0]))
  return nodes
    .filter(({ op, outputs: [output = ''] }) => (op === 'Conv' && !clipped.has(output)) || op === 'Add')
    .map(({ outputs: [output = ''] }) => output)
}

const LEVELS = 255
// Source: ReLU6.
const CLIPPED: Range = [0, 6]

/** Kernel [out, …] in -127..127 with a scale for each output. */
const roundKernel = ({ name, dims, data }: OnnxTensor): { values: Int8Array; scales: Float32Array } => {
  if (!(data instanceof Float32Array)) throw new OnnxModelError(`${name} holds no floats`)
  const [outputs = 1] = dims
  const run = data.length / outputs
  const scales = new Float32Array(outputs)
  const values = new Int8Array(data.length)
  for (let output = 0; output < outputs; output++) {
    const part = data.subarray(output * run, (output + 1) * run)
    const scale = Math.max(1e-8, ...part.map(Math.abs)) / 127
    scales[output] = scale
    part.forEach((number, at) => {
      values[output * run + at] = Math.round(number / scale)
    })
  }
  return { values, scales }
}

const levelsOf = ([least, most]: Range): { scale: number; zero: number } => {
  const low = Math.min(0, least)
  const scale = Math.max(1e-8, Math.max(0, most) - low) / LEVELS
  return { scale, zero: Math.round(-low / scale) }
}

/**
 * The same graph in 8 bits up to the pooling. `ranges`: of the input and of all `openRanges`.
 * @throws OnnxModelError where a range is missing or a convolution's weights are no constants
 */
export const inEightBits = (graph: OnnxGraph, ranges: ReadonlyMap<string, Range>): OnnxGraph => {
  const constants = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]))
  const clippedBy = new Map(graph.nodes.filter(({ op }) => op === 'Clip').map((node) => [node.inputs[0], node.outputs[0] ?? '']))
  const initializers = new Map<string, OnnxTensor>()
  const nodes: OnnxNode[] = []
  const scales = new Map<string, number>()
  const constant = (tensor: OnnxTensor): string => {
    initializers.set(tensor.name, tensor)
    return tensor.name
  }

  /** Rounds `name` and brings it back; those who read it read what came back. */
  const round = (name: string, range: Range): void => {
    const { scale, zero } = levelsOf(range)
    scales.set(name, scale)
    const by = [
      constant({ name: `${name}/scale`, dims: [], data: Float32Array.of(scale) }),
      constant({ name: `${name}/zero`, dims: [], data: Uint8Array.of(zero) }),
    ]
    nodes.push({ op: 'QuantizeLinear', inputs: [name, ...by], outputs: [`${name}/rounded`] })
    nodes.push({ op: 'DequantizeLinear', inputs: [`${name}/rounded`, ...by], outputs: [`${name}/back`] })
  }
  const rangeOf = (name: string): Range => {
    const range = ranges.get(name)
    if (range === undefined) throw new OnnxModelError(`no range for ${name}`)
    return range
  }
  const read = (name: string): string => (scales.has(name) ? `${name}/back` : name)

  const convolve = (node: OnnxNode): void => {
    const [input = '', kernelName = '', biasName = ''] = node.inputs
    const [kernel, bias] = [constants.get(kernelName), constants.get(biasName)]
    if (kernel === undefined || !(bias?.data instanceof Float32Array))
      throw new OnnxModelError(`${node.outputs[0]}: kernel and bias are no constants`)
    const { values, scales: kernelScales } = roundKernel(kernel)
    const biasScales = kernelScales.map((scale) => scale * (scales.get(input) ?? 1))
    const biasValues = Int32Array.from(bias.data, (number, at) => Math.round(number / (biasScales[at] ?? 1)))
    const back = (name: string, tensor: OnnxTensor, by: Float32Array, zeros: Int8Array | Int32Array): string => {
      const inputs = [
        constant(tensor),
        constant({ name: `${name}/scales`, dims: [by.length], data: by }),
        constant({ name: `${name}/zeros`, dims: [by.length], data: zeros }),
      ]
      nodes.push({ op: 'DequantizeLinear', inputs, outputs: [`${name}/back`], attributes: { axis: { int: 0 } } })
      return `${name}/back`
    }
    const kernelBack = back(kernelName, { ...kernel, data: values }, kernelScales, new Int8Array(kernelScales.length))
    const biasBack = back(biasName, { ...bias, data: biasValues }, biasScales, new Int32Array(biasScales.length))
    const output = node.outputs[0] ?? ''
    // Rounding to levels of 0..6 clips by itself.
    const made = clippedBy.get(output) ?? output
    nodes.push({ ...node, inputs: [read(input), kernelBack, biasBack], outputs: [made] })
    round(made, clippedBy.has(output) ? CLIPPED : rangeOf(output))
  }

  for (const { name } of graph.inputs) round(name, rangeOf(name))
  for (const node of graph.nodes) {
    if (node.op === 'Clip') continue
    if (node.op === 'Conv') convolve(node)
    else {
      for (const name of node.inputs) {
        const kept = constants.get(name)
        if (kept !== undefined) constant(kept)
      }
      nodes.push({ ...node, inputs: node.inputs.map(read) })
      if (node.op === 'Add') round(node.outputs[0] ?? '', rangeOf(node.outputs[0] ?? ''))
    }
  }
  return { ...graph, initializers: [...initializers.values()], nodes }
}
