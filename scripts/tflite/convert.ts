/** A TensorFlow Lite graph → an ONNX graph that takes the same input (rows, columns, channels) and gives the same outputs. */
import type { OnnxGraph, OnnxNode, OnnxTensor } from '../onnx/model.js'
import { halfFloats } from './half.js'
import { CODES, translate } from './operators.js'
import { TfliteError, type TfliteGraph, type TfliteTensor } from './reader.js'

/** A constant's numbers, whatever it is stored as. The bytes are copied first: they may begin anywhere in the file. */
const numbersOf = ({ name, type, data }: TfliteTensor): Float32Array => {
  if (data === null) throw new TfliteError(`${name} is computed where a constant is needed`)
  const { buffer } = Uint8Array.from(data)
  if (type === 'float16') return halfFloats(new Uint16Array(buffer))
  return type === 'int32' ? Float32Array.from(new Int32Array(buffer)) : new Float32Array(buffer)
}

/**
 * @param name goes into the model
 * @throws TfliteError when the graph uses what this converter does not know
 */
export const convertGraph = (name: string, graph: TfliteGraph, metadata: Readonly<Record<string, string>>): OnnxGraph => {
  const tensorAt = (index: number | undefined): TfliteTensor => {
    const tensor = index === undefined ? undefined : graph.tensors[index]
    if (tensor === undefined) throw new TfliteError(`the graph names tensor ${index}, which it does not have`)
    return tensor
  }
  // A weight is stored as float16 and made float32 by an operator of its own: the constant takes the result's place.
  const origins = new Map<number, TfliteTensor>()
  for (const { code, inputs, outputs } of graph.operators) {
    const [to] = outputs
    if (code === CODES.dequantize && to !== undefined) origins.set(to, tensorAt(inputs[0]))
  }
  const nameOf = (index: number): string => `t${index}`

  const initializers: OnnxTensor[] = []
  const nodes: OnnxNode[] = []
  for (const index of graph.inputs) {
    nodes.push({
      op: 'Transpose',
      inputs: [tensorAt(index).name],
      outputs: [nameOf(index)],
      attributes: { perm: { ints: [0, 3, 1, 2] } },
    })
  }
  for (const operator of graph.operators) {
    const [to] = operator.outputs
    if (operator.code === CODES.dequantize || to === undefined) continue
    const indexOf = (input: number): number => operator.inputs[input] ?? -1
    const constant = (suffix: string, dims: readonly number[], data: OnnxTensor['data']): string => {
      initializers.push({ name: `${nameOf(to)}:${suffix}`, dims, data })
      return `${nameOf(to)}:${suffix}`
    }
    nodes.push(
      ...translate({
        operator,
        input: (input) => ({ name: nameOf(indexOf(input)), tensor: tensorAt(indexOf(input)) }),
        output: { name: nameOf(to), tensor: tensorAt(to) },
        constant,
        numbers: (input) => numbersOf(origins.get(indexOf(input)) ?? tensorAt(indexOf(input))),
      }),
    )
  }
  for (const index of graph.outputs) nodes.push({ op: 'Identity', inputs: [nameOf(index)], outputs: [tensorAt(index).name] })
  const described = (index: number) => ({ name: tensorAt(index).name, dims: tensorAt(index).dims })
  return { name, inputs: graph.inputs.map(described), outputs: graph.outputs.map(described), initializers, nodes, metadata }
}
