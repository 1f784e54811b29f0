/**
 * One TensorFlow Lite operator → the ONNX nodes that compute the same. TensorFlow keeps pictures as rows, columns, channels;
 * ONNX as channels, rows, columns: every value of four dimensions is kept ONNX's way, and turned back where a reshape reads it.
 */
import type { OnnxAttribute, OnnxNode, OnnxTensor } from '../onnx/model.js'
import { TfliteError, type TfliteOperator, type TfliteTensor } from './reader.js'

/** What an operator's translation may use. */
export type Context = {
  operator: TfliteOperator
  /** Name of an input or output; throws when there is none. */
  input: (index: number) => { name: string; tensor: TfliteTensor }
  output: { name: string; tensor: TfliteTensor }
  /** Puts a constant into the graph and gives its name. */
  constant: (suffix: string, dims: readonly number[], data: OnnxTensor['data']) => string
  /** The numbers of a constant input. */
  numbers: (index: number) => Float32Array
}

/** Operator codes of the format (BuiltinOperator). */
export const CODES = {
  add: 0,
  concatenation: 2,
  convolution: 3,
  depthwise: 4,
  dequantize: 6,
  maxPool: 17,
  relu: 19,
  reshape: 22,
  resizeBilinear: 23,
  pad: 34,
} as const

const SAME = 0
const RELU = 1

const dim = (dims: readonly number[], index: number): number => {
  const value = dims[index]
  if (value === undefined) throw new TfliteError(`a value of dimensions ${dims.join('×')} has no dimension ${index}`)
  return value
}

/** TensorFlow's SAME: what an odd sum leaves over goes to the bottom and the right. */
const samePadding = (size: number, kernel: number, stride: number): [number, number] => {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernel - size)
  return [Math.floor(total / 2), Math.ceil(total / 2)]
}

type Window = { rows: number; columns: number; strideRows: number; strideColumns: number; same: boolean }

const windowAttributes = (input: TfliteTensor, window: Window): Record<string, OnnxAttribute> => {
  const [top, bottom] = window.same ? samePadding(dim(input.dims, 1), window.rows, window.strideRows) : [0, 0]
  const [left, right] = window.same ? samePadding(dim(input.dims, 2), window.columns, window.strideColumns) : [0, 0]
  return {
    kernel_shape: { ints: [window.rows, window.columns] },
    strides: { ints: [window.strideRows, window.strideColumns] },
    pads: { ints: [top, left, bottom, right] },
  }
}

/** Appends the activation that TensorFlow Lite folds into an operator. */
const activated = (context: Context, activation: number, node: Omit<OnnxNode, 'outputs'>): OnnxNode[] => {
  const { name } = context.output
  if (activation === 0) return [{ ...node, outputs: [name] }]
  if (activation !== RELU) throw new TfliteError(`${name}: folded activation ${activation} is not known`)
  return [
    { ...node, outputs: [`${name}:linear`] },
    { op: 'Relu', inputs: [`${name}:linear`], outputs: [name] },
  ]
}

/** Weights [a, rows, columns, b] → [a, b, rows, columns], or [b, a, rows, columns] where each channel has its own (a is 1). */
const turnedWeights = (values: Float32Array, dims: readonly number[], depthwise: boolean): Float32Array => {
  const [outer, rows, columns, inner] = [dim(dims, 0), dim(dims, 1), dim(dims, 2), dim(dims, 3)]
  const turned = new Float32Array(values.length)
  let from = 0
  for (let a = 0; a < outer; a++) {
    for (let pixel = 0; pixel < rows * columns; pixel++) {
      for (let b = 0; b < inner; b++) {
        const channel = depthwise ? b * outer + a : a * inner + b
        turned[channel * rows * columns + pixel] = values[from++] ?? 0
      }
    }
  }
  return turned
}

const convolution = (context: Context, depthwise: boolean): OnnxNode[] => {
  const { input, operator, constant, numbers } = context
  const { options } = operator
  const { dims } = input(1).tensor
  const [rows, columns] = [dim(dims, 1), dim(dims, 2)]
  const [outChannels, inChannels] = depthwise ? [dim(dims, 3), 1] : [dim(dims, 0), dim(dims, 3)]
  const weights = constant('weights', [outChannels, inChannels, rows, columns], turnedWeights(numbers(1), dims, depthwise))
  const bias = constant('bias', [outChannels], numbers(2))
  const window = { rows, columns, strideColumns: options.int(1), strideRows: options.int(2), same: options.byte(0) === SAME }
  return activated(context, options.byte(depthwise ? 4 : 3), {
    op: 'Conv',
    inputs: [input(0).name, weights, bias],
    attributes: { ...windowAttributes(input(0).tensor, window), group: { int: depthwise ? outChannels : 1 } },
  })
}

const maxPool = (context: Context): OnnxNode[] => {
  const { options } = context.operator
  const { name, tensor } = context.input(0)
  const window = {
    rows: options.int(4),
    columns: options.int(3),
    strideColumns: options.int(1),
    strideRows: options.int(2),
    same: options.byte(0) === SAME,
  }
  return activated(context, options.byte(5), { op: 'MaxPool', inputs: [name], attributes: windowAttributes(tensor, window) })
}

/** Channels last → channels second. */
const turnedOrder: readonly number[] = [0, 3, 1, 2]

const pad = ({ input, output, numbers, constant }: Context): OnnxNode[] => {
  const given = numbers(1)
  const order = input(0).tensor.dims.length === 4 ? turnedOrder : input(0).tensor.dims.map((_, index) => index)
  const both = [0, 1].flatMap((side) => order.map((axis) => BigInt(given[2 * axis + side] ?? 0)))
  return [{ op: 'Pad', inputs: [input(0).name, constant('pads', [both.length], BigInt64Array.from(both))], outputs: [output.name] }]
}

const reshape = ({ input, output, constant }: Context): OnnxNode[] => {
  const { name, tensor } = input(0)
  if (output.tensor.dims.length === 4) throw new TfliteError(`${output.name}: a reshape to four dimensions is not known`)
  const shape = constant('shape', [output.tensor.dims.length], BigInt64Array.from(output.tensor.dims.map(BigInt)))
  if (tensor.dims.length !== 4) return [{ op: 'Reshape', inputs: [name, shape], outputs: [output.name] }]
  const turned = `${output.name}:turned`
  return [
    { op: 'Transpose', inputs: [name], outputs: [turned], attributes: { perm: { ints: [0, 2, 3, 1] } } },
    { op: 'Reshape', inputs: [turned, shape], outputs: [output.name] },
  ]
}

const concatenation = (context: Context): OnnxNode[] => {
  const { operator, output, input } = context
  const rank = output.tensor.dims.length
  const axis = (operator.options.int(0) + rank) % rank
  return activated(context, operator.options.byte(1), {
    op: 'Concat',
    inputs: operator.inputs.map((_, index) => input(index).name),
    attributes: { axis: { int: rank === 4 ? turnedOrder.indexOf(axis) : axis } },
  })
}

const resizeBilinear = ({ operator, input, output, constant }: Context): OnnxNode[] => {
  if (operator.options.byte(2) !== 0) throw new TfliteError(`${output.name}: aligned corners are not known`)
  const sizes = turnedOrder.map((axis) => BigInt(dim(output.tensor.dims, axis)))
  return [
    {
      op: 'Resize',
      inputs: [input(0).name, '', '', constant('sizes', [4], BigInt64Array.from(sizes))],
      outputs: [output.name],
      attributes: {
        mode: { string: 'linear' },
        coordinate_transformation_mode: { string: operator.options.byte(3) !== 0 ? 'half_pixel' : 'asymmetric' },
      },
    },
  ]
}

const translations: Readonly<Record<number, (context: Context) => OnnxNode[]>> = {
  [CODES.add]: (context) =>
    activated(context, context.operator.options.byte(0), { op: 'Add', inputs: [context.input(0).name, context.input(1).name] }),
  [CODES.concatenation]: concatenation,
  [CODES.convolution]: (context) => convolution(context, false),
  [CODES.depthwise]: (context) => convolution(context, true),
  [CODES.maxPool]: maxPool,
  [CODES.relu]: ({ input, output }) => [{ op: 'Relu', inputs: [input(0).name], outputs: [output.name] }],
  [CODES.reshape]: reshape,
  [CODES.resizeBilinear]: resizeBilinear,
  [CODES.pad]: pad,
}

/** @throws TfliteError for an operator that the face detectors do not use */
export const translate = (context: Context): OnnxNode[] => {
  const translation = translations[context.operator.code]
  if (translation === undefined) throw new TfliteError(`${context.output.name}: operator ${context.operator.code} is not known`)
  return translation(context)
}
