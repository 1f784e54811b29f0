/** The network's pass in TensorFlow, and one step's loss with its gradient. */
import tf, { type Tensor } from '@tensorflow/tfjs-node'
import type { Batch } from './batches.js'
import { batchNorm, relu6, storedNorm } from './kernels.js'
import { BLOCKS, INPUT_SIDE, OUTPUTS, type Unit } from './network.js'
import { HEAD_BIAS, HEAD_KERNEL, type Parameters, type Slot, STATISTIC_SLOTS, WEIGHT_SLOTS } from './parameters.js'

type Named = (name: string) => Tensor
type Norm = (x: Tensor, unit: Unit, named: Named) => Tensor

/** Cuts a flat vector into its named tensors; the gradient flows back through the cut. */
const unpack = (vector: Tensor, slots: readonly Slot[]): Named => {
  const sizes = slots.map((slot) => slot.size)
  const parts = tf.split(vector, sizes, 0)
  const byName = new Map(slots.map((slot, index) => [slot.name, { slot, part: parts[index] }]))
  return (name) => {
    const found = byName.get(name)
    if (!found?.part) throw new Error(`no tensor ${name}`)
    return found.slot.shape.length === 1 ? found.part : tf.reshape(found.part, found.slot.shape)
  }
}

const convolve = (x: Tensor, unit: Unit, kernel: Tensor): Tensor =>
  // 'same' at stride 2 on an even side pads below and on the right, as Keras' explicit padding does.
  unit.kind === 'depthwise' ? tf.depthwiseConv2d(x, kernel, unit.stride, 'same') : tf.conv2d(x, kernel, unit.stride, 'same')

/** x [N,64,64,1] → logits [N,2]. */
const pass = (x: Tensor, named: Named, norm: Norm, dropout: Tensor | null): Tensor => {
  let value = x
  for (const block of BLOCKS) {
    const before = value
    for (const unit of block.units) {
      value = norm(convolve(value, unit, named(unit.kernel)), unit, named)
      if (unit.relu6) value = relu6(value)
    }
    if (block.residual) value = tf.add(before, value)
  }
  const pooled = tf.mean(value, [1, 2])
  const features = dropout === null ? pooled : tf.mul(pooled, dropout)
  return tf.add(tf.matMul(features, named(HEAD_KERNEL)), named(HEAD_BIAS))
}

/** Logits [N×2] of closed and visible by the stored statistics. `patches`: N normalised 64×64 patches, one after another. */
export const infer = (parameters: Parameters, patches: Float32Array): Float32Array =>
  tf.tidy(() => {
    const named = unpack(tf.tensor1d(parameters.weights), WEIGHT_SLOTS)
    const statistic = unpack(tf.tensor1d(parameters.statistics), STATISTIC_SLOTS)
    const norm: Norm = (x, unit) =>
      storedNorm(
        x,
        named(`${unit.norm}/gamma`),
        named(`${unit.norm}/beta`),
        statistic(`${unit.norm}/moving_mean`),
        statistic(`${unit.norm}/moving_variance`),
      )
    const x = tf.tensor4d(patches, [patches.length / INPUT_SIDE ** 2, INPUT_SIDE, INPUT_SIDE, 1])
    return pass(x, named, norm, null).dataSync()
  })

export type StepResult = {
  loss: number
  /** By the flat weights. */
  gradient: Float32Array
  /** Of this batch, laid out as the flat statistics. */
  statistics: Float32Array
}

/**
 * Loss (cross-entropy of each wanted probability, weighted and summed) and gradient on one batch.
 */
export const step = (parameters: Parameters, { patches, targets, weights, dropout }: Batch): StepResult => {
  const kept: Tensor[] = []
  let result: StepResult | null = null
  // Nothing is returned out of tidy: tfjs would look through every element of the arrays for tensors (300 ms).
  tf.tidy(() => {
    const size = targets.length / OUTPUTS
    const x = tf.tensor4d(patches, [size, INPUT_SIDE, INPUT_SIDE, 1])
    const wanted = tf.tensor(targets, [size, OUTPUTS])
    const counts = tf.tensor(weights, [size, OUTPUTS])
    const factors = tf.tensor(dropout, [size, dropout.length / size])
    const { value, grad } = tf.valueAndGrad((vector) => {
      const named = unpack(vector, WEIGHT_SLOTS)
      const norm: Norm = (input, unit) =>
        batchNorm(input, named(`${unit.norm}/gamma`), named(`${unit.norm}/beta`), (mean, variance) => kept.push(mean, variance))
      const logits = pass(x, named, norm, factors)
      // Source: the stable form of sigmoid cross-entropy, max(z,0) - z·t + log(1 + exp(-|z|)).
      const losses = tf.add(tf.sub(tf.relu(logits), tf.mul(logits, wanted)), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))))
      return tf.sum(tf.mul(losses, counts))
    })(tf.tensor1d(parameters.weights))
    result = { loss: value.dataSync()[0] ?? Number.NaN, gradient: grad.dataSync(), statistics: tf.concat(kept, 0).dataSync() }
  })
  for (const tensor of kept) tensor.dispose()
  if (result === null) throw new Error('TensorFlow ran no step')
  return result
}

/** Tensors that TensorFlow holds; between steps there must be none. */
export const liveTensors = (): number => tf.memory().numTensors
