/** Builds a TensorFlow graph node by node, and writes it as a SavedModel that tfjs-node can run. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DataType, dataType, savedModelProto } from './messages.js'

/** A value of the graph, by TensorFlow's name: `node` or `node:output`. */
export type Value = string

export type GraphAttribute =
  | { type: DataType }
  | { s: string }
  | { i: number }
  | { f: number }
  | { b: boolean }
  | { ints: readonly number[] }

type Encoded = Record<string, unknown>

const encodeAttribute = (attribute: GraphAttribute): Encoded => {
  if ('s' in attribute) return { s: new TextEncoder().encode(attribute.s) }
  if ('ints' in attribute) return { list: { i: attribute.ints } }
  return attribute
}

/** Signature under which the graph is found in its SavedModel. */
const SIGNATURE = 'serving_default'
const TAG = 'serve'
// Source: TensorFlow's version.h; any from 27 on has every operation we use.
const PRODUCER = 1882

export interface GraphBuilder {
  /** A float32 tensor given at each run; -1 is a free dimension. */
  input(name: string, shape: readonly number[]): Value
  integers(values: readonly number[]): Value
  integer(value: number): Value
  float(value: number): Value
  floats(values: readonly number[]): Value
  /** One operation; gives its first output, the others are `${it}:1`, `${it}:2` and so on. */
  node(op: string, inputs: readonly Value[], attributes?: Readonly<Record<string, GraphAttribute>>): Value
  /** Writes `<folder>/saved_model.pb` with these results. */
  save(folder: string, results: Readonly<Record<string, Value>>): void
}

export const graphBuilder = (): GraphBuilder => {
  const nodes: Encoded[] = []
  const inputs: Record<string, Encoded> = {}
  const add = (name: string, op: string, from: readonly Value[], attr: Encoded): Value => {
    nodes.push({ name, op, input: from, attr })
    return name
  }
  const constant = (dtype: DataType, shape: readonly number[], content: Float32Array | Int32Array): Value => {
    const tensor = {
      dtype,
      tensor_shape: { dim: shape.map((size) => ({ size })) },
      tensor_content: new Uint8Array(content.buffer),
    }
    return add(`const_${nodes.length}`, 'Const', [], { dtype: { type: dtype }, value: { tensor } })
  }
  return {
    input(name, shape) {
      const tensorShape = { dim: shape.map((size) => ({ size })) }
      inputs[name] = { name: `${name}:0`, dtype: dataType.float32, tensor_shape: tensorShape }
      return add(name, 'Placeholder', [], { dtype: { type: dataType.float32 }, shape: { shape: tensorShape } })
    },
    integers: (values) => constant(dataType.int32, [values.length], Int32Array.from(values)),
    integer: (value) => constant(dataType.int32, [], Int32Array.of(value)),
    float: (value) => constant(dataType.float32, [], Float32Array.of(value)),
    floats: (values) => constant(dataType.float32, [values.length], Float32Array.from(values)),
    node: (op, from, attributes = {}) =>
      add(
        `${op}_${nodes.length}`,
        op,
        from,
        Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, encodeAttribute(attribute)])),
      ),
    save(folder, results) {
      const outputs = Object.entries(results).map(([name, value]) => {
        const node = add(name, 'Identity', [value], { T: { type: dataType.float32 } })
        return [name, { name: `${node}:0`, dtype: dataType.float32, tensor_shape: { unknown_rank: true } }] as const
      })
      const signature = { inputs, outputs: Object.fromEntries(outputs), method_name: 'tensorflow/serving/predict' }
      const message = savedModelProto.create({
        saved_model_schema_version: 1,
        meta_graphs: [
          {
            meta_info_def: { tags: [TAG] },
            graph_def: { node: nodes, versions: { producer: PRODUCER } },
            signature_def: { [SIGNATURE]: signature },
          },
        ],
      })
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'saved_model.pb'), savedModelProto.encode(message).finish())
    },
  }
}
