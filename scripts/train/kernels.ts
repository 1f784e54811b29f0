/**
 * Batch norm and ReLU6 with TensorFlow's own fused gradients.
 *
 * tfjs composes the gradient of a batch norm out of a dozen small operations, which took two thirds of a training step.
 * TensorFlow has one kernel each for forward and backward; tfjs-node runs any kernel by name.
 */
import tf, { type Attribute, type Tensor } from '@tensorflow/tfjs-node'
import { NORM_EPSILON } from './network.js'

const isTensor = (value: unknown): value is Tensor => typeof value === 'object' && value !== null && 'dataSync' in value

/** The tensors of a list, or an error: tfjs hands the gradient's arguments over loosely typed. */
const tensors = (values: readonly unknown[], count: number): Tensor[] => {
  const found = values.filter(isTensor)
  if (found.length !== count) throw new Error(`expected ${count} tensors, got ${found.length}`)
  return found
}

const nth = (list: readonly Tensor[], index: number): Tensor => {
  const found = list[index]
  if (found === undefined) throw new Error(`no output ${index}`)
  return found
}

const floatType = (...names: string[]): Attribute[] => {
  const { binding } = tf.backend()
  return names.map((name) => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }))
}

const normAttributes = (training: boolean): Attribute[] => {
  const { binding } = tf.backend()
  return [
    ...floatType('T', 'U'),
    { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: NORM_EPSILON },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: binding.TF_ATTR_BOOL, value: training },
  ]
}

const saver = (value: unknown): ((list: Tensor[]) => void) => {
  if (typeof value !== 'function') throw new Error('tfjs gave no save function')
  return (list) => {
    value(list)
  }
}

/**
 * Normalises x [N,H,W,C] by its own batch. `report` gets the batch's mean and variance [C], kept: the caller disposes them.
 */
export const batchNorm = (x: Tensor, gamma: Tensor, beta: Tensor, report: (mean: Tensor, variance: Tensor) => void): Tensor =>
  tf.customGrad((...given) => {
    const [input, scale, offset] = tensors(given, 3)
    if (!input || !scale || !offset) throw new Error('batchNorm takes three tensors')
    const none = tf.zeros([0])
    const outputs = tf.backend().executeMultipleOutputs('FusedBatchNormV3', normAttributes(true), [input, scale, offset, none, none], 6)
    report(tf.keep(nth(outputs, 1)), tf.keep(nth(outputs, 2)))
    saver(given[3])([input, scale, nth(outputs, 3), nth(outputs, 4), nth(outputs, 5)])
    return {
      value: nth(outputs, 0),
      gradFunc: (upstream, saved) =>
        tf
          .backend()
          .executeMultipleOutputs('FusedBatchNormGradV3', normAttributes(true), [upstream, ...saved], 5)
          .slice(0, 3),
    }
  })(x, gamma, beta)

/** Normalises x [N,H,W,C] by stored statistics [C]; no gradient. */
export const storedNorm = (x: Tensor, gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor): Tensor =>
  nth(tf.backend().executeMultipleOutputs('FusedBatchNormV3', normAttributes(false), [x, gamma, beta, mean, variance], 6), 0)

/** min(max(x, 0), 6). */
export const relu6 = (x: Tensor): Tensor =>
  tf.customGrad((...given) => {
    const [input] = tensors(given, 1)
    if (!input) throw new Error('relu6 takes one tensor')
    const value = tf.backend().executeSingleOutput('Relu6', floatType('T'), [input])
    saver(given[1])([value])
    return {
      value,
      gradFunc: (upstream, saved) => tf.backend().executeSingleOutput('Relu6Grad', floatType('T'), [upstream, nth(saved, 0)]),
    }
  })(x)
