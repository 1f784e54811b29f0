/** Writes ONNX models: plain descriptions of a graph in, the bytes of an .onnx file out. */
import { attributeType, dataType, modelProto } from './messages.js'

/** A constant of the graph, row by row. */
export type OnnxTensor = { name: string; dims: readonly number[]; data: Float32Array | BigInt64Array | Uint8Array | Int8Array | Int32Array }
export type OnnxAttribute = { int: number } | { ints: readonly number[] } | { float: number } | { string: string }
export type OnnxNode = {
  op: string
  /** An empty name is an optional input left out. */
  inputs: readonly string[]
  outputs: readonly string[]
  attributes?: Readonly<Record<string, OnnxAttribute>>
}
/** A float32 value that goes in or comes out; a string is a free dimension. */
export type OnnxValue = { name: string; dims: readonly (number | string)[] }
export type OnnxGraph = {
  name: string
  inputs: readonly OnnxValue[]
  outputs: readonly OnnxValue[]
  initializers: readonly OnnxTensor[]
  /** In an order in which every input is made before it is used. */
  nodes: readonly OnnxNode[]
  /** Travels in the file, for people and for `birth`. */
  metadata?: Readonly<Record<string, string>>
}

// The lowest pair that has every operation we use in its present form; ONNX Runtime reads it since 1.10.
const OPSET = 13
const IR_VERSION = 8

/** Thrown before anything is written when a graph cannot be right. */
export class OnnxModelError extends Error {
  readonly code = 'onnx-graph'
}

const attribute = (name: string, value: OnnxAttribute) => {
  if ('int' in value) return { name, type: attributeType.int, i: value.int }
  if ('ints' in value) return { name, type: attributeType.ints, ints: value.ints }
  if ('float' in value) return { name, type: attributeType.float, f: value.float }
  return { name, type: attributeType.string, s: new TextEncoder().encode(value.string) }
}

const typeOf = (data: OnnxTensor['data']): number => {
  if (data instanceof Float32Array) return dataType.float32
  if (data instanceof Uint8Array) return dataType.uint8
  if (data instanceof Int8Array) return dataType.int8
  return data instanceof Int32Array ? dataType.int32 : dataType.int64
}

const tensor = ({ name, dims, data }: OnnxTensor) => {
  const count = dims.reduce((product, dim) => product * dim, 1)
  if (count !== data.length) {
    throw new OnnxModelError(`tensor ${name}: ${dims.join('×')} needs ${count} values, got ${data.length}`)
  }
  return {
    name,
    dims,
    data_type: typeOf(data),
    // ONNX stores little-endian, as every machine does that we run on.
    raw_data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  }
}

const value = ({ name, dims }: OnnxValue) => ({
  name,
  type: {
    tensor_type: {
      elem_type: dataType.float32,
      shape: { dim: dims.map((dim) => (typeof dim === 'string' ? { dim_param: dim } : { dim_value: dim })) },
    },
  },
})

const checkNames = (graph: OnnxGraph): void => {
  const known = new Set(['', ...graph.inputs.map(({ name }) => name), ...graph.initializers.map(({ name }) => name)])
  for (const { op, inputs, outputs } of graph.nodes) {
    for (const name of inputs) if (!known.has(name)) throw new OnnxModelError(`${op} reads ${name}, which nothing before it makes`)
    for (const name of outputs) known.add(name)
  }
  for (const { name } of graph.outputs) if (!known.has(name)) throw new OnnxModelError(`nothing makes the output ${name}`)
}

/**
 * The bytes of an ONNX file (opset 13, IR version 8).
 * @throws OnnxModelError when a name is read before it is made, or a tensor's data do not fill its dimensions
 */
export const encodeModel = (graph: OnnxGraph): Uint8Array => {
  checkNames(graph)
  const message = modelProto.create({
    ir_version: IR_VERSION,
    producer_name: 'kantukd',
    opset_import: [{ domain: '', version: OPSET }],
    metadata_props: Object.entries(graph.metadata ?? {}).map(([key, text]) => ({ key, value: text })),
    graph: {
      name: graph.name,
      input: graph.inputs.map(value),
      output: graph.outputs.map(value),
      initializer: graph.initializers.map(tensor),
      node: graph.nodes.map(({ op, inputs, outputs, attributes }) => ({
        op_type: op,
        name: outputs[0],
        input: inputs,
        output: outputs,
        attribute: Object.entries(attributes ?? {}).map(([name, set]) => attribute(name, set)),
      })),
    },
  })
  return modelProto.encode(message).finish()
}
