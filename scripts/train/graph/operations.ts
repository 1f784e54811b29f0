/** TensorFlow's operations that a network of ours is made of, forth and back, on activations of one type. */
import type { Unit } from '../architectures/unit.js'
import { NORM_EPSILON } from '../network.js'
import type { Slot } from '../parameters.js'
import type { GraphAttribute, GraphBuilder, Value } from './builder.js'
import { dataType } from './messages.js'

export const FLOAT = { T: { type: dataType.float32 } } as const
/** For operations that also take axes or positions. */
export const FLOAT_BY_AXIS = { ...FLOAT, Tidx: { type: dataType.int32 } } as const

const NORM = { ...FLOAT, U: FLOAT.T, epsilon: { f: NORM_EPSILON }, data_format: { s: 'NHWC' } } as const

// 'SAME' at stride 2 on an even side pads below and on the right, as Keras' explicit padding does.
const convolution = ({ stride }: Unit): Record<string, GraphAttribute> => ({
  ...FLOAT,
  strides: { ints: [1, stride, stride, 1] },
  padding: { s: 'SAME' },
  data_format: { s: 'NHWC' },
})

const NAMES = { full: 'Conv2D', depthwise: 'DepthwiseConv2dNative' } as const

export const convolve = (graph: GraphBuilder, unit: Unit, x: Value, kernel: Value): Value =>
  graph.node(NAMES[unit.kind], [x, kernel], convolution(unit))

/** The slope by the convolution's input, from that by its output. */
export const slopeByInput = (graph: GraphBuilder, unit: Unit, x: Value, kernel: Value, slope: Value): Value =>
  graph.node(`${NAMES[unit.kind]}BackpropInput`, [graph.node('Shape', [x], FLOAT), kernel, slope], convolution(unit))

/** The slope by the convolution's kernel. */
export const slopeByKernel = (graph: GraphBuilder, unit: Unit, x: Value, kernel: Value, slope: Value): Value =>
  graph.node(`${NAMES[unit.kind]}BackpropFilter`, [x, graph.node('Shape', [kernel], FLOAT), slope], convolution(unit))

/** Normalises by the batch itself: outputs 1 and 2 are its mean and variance, 3 to 5 what the way back needs. */
export const batchNorm = (graph: GraphBuilder, x: Value, gamma: Value, beta: Value): Value => {
  const none = graph.floats([])
  return graph.node('FusedBatchNormV3', [x, gamma, beta, none, none], { ...NORM, is_training: { b: true } })
}

/** Normalises by stored statistics. */
export const storedNorm = (graph: GraphBuilder, x: Value, gamma: Value, beta: Value, mean: Value, variance: Value): Value =>
  graph.node('FusedBatchNormV3', [x, gamma, beta, mean, variance], { ...NORM, is_training: { b: false } })

/** The slopes by input, gamma (output 1) and beta (output 2) of the batch norm `made` of `x`. */
export const normSlopes = (graph: GraphBuilder, slope: Value, x: Value, gamma: Value, made: Value): Value =>
  graph.node('FusedBatchNormGradV3', [slope, x, gamma, `${made}:3`, `${made}:4`, `${made}:5`], { ...NORM, is_training: { b: true } })

/** Cuts a flat vector into its named tensors. */
export const unpack = (graph: GraphBuilder, vector: Value, slots: readonly Slot[]): ((name: string) => Value) => {
  const sizes = graph.integers(slots.map(({ size }) => size))
  const split = graph.node('SplitV', [vector, sizes, graph.integer(0)], {
    ...FLOAT,
    Tlen: { type: dataType.int32 },
    num_split: { i: slots.length },
  })
  const named = new Map(
    slots.map(({ name, shape }, at) => {
      const part = at === 0 ? split : `${split}:${at}`
      return [name, shape.length === 1 ? part : graph.node('Reshape', [part, graph.integers(shape)], FLOAT)]
    }),
  )
  return (name) => {
    const found = named.get(name)
    if (found === undefined) throw new Error(`the graph has no tensor ${name}`)
    return found
  }
}

/** Puts tensors of any shape one after another into a flat vector. */
export const join = (graph: GraphBuilder, parts: readonly Value[]): Value => {
  const flat = parts.map((part) => graph.node('Reshape', [part, graph.integers([-1])], FLOAT))
  return graph.node('ConcatV2', [...flat, graph.integer(0)], { ...FLOAT_BY_AXIS, N: { i: parts.length } })
}
