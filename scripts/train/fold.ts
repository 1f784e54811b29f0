/** Folds batch norm into the convolutions and the calibration into the last layer: the network as it is shipped. */
import type { Unit } from './architectures/unit.js'
import { type Network, NORM_EPSILON, OUTPUTS } from './network.js'
import { HEAD_BIAS, HEAD_KERNEL, type Parameters, view } from './parameters.js'

/** A convolution with bias. `kernel` in TensorFlow's order: row, column, input, output (depthwise: row, column, channel). */
export type FoldedUnit = { unit: Unit; kernel: Float32Array; bias: Float32Array }

/** `headKernel` [features×2], `headBias` [2]: the calibrated logits of closed and visible. */
export type Folded = { network: Network; units: FoldedUnit[]; headKernel: Float32Array; headBias: Float32Array }

const foldUnit = (parameters: Parameters, unit: Unit): FoldedUnit => {
  const gamma = view(parameters, `${unit.norm}/gamma`)
  const beta = view(parameters, `${unit.norm}/beta`)
  const mean = view(parameters, `${unit.norm}/moving_mean`)
  const variance = view(parameters, `${unit.norm}/moving_variance`)
  const scale = gamma.map((value, channel) => value / Math.sqrt((variance[channel] ?? 0) + NORM_EPSILON))
  // The output channel is the last index of both orders.
  const kernel = view(parameters, unit.kernel).map((value, at) => value * (scale[at % unit.outputs] ?? 0))
  return { unit, kernel, bias: beta.map((value, channel) => value - (mean[channel] ?? 0) * (scale[channel] ?? 0)) }
}

/** What the logits are divided by, and what is then added to them, for each output. */
export type Calibration = { temperatures: readonly [number, number]; offsets: readonly [number, number] }

export const fold = (network: Network, parameters: Parameters, { temperatures, offsets }: Calibration): Folded => ({
  network,
  units: network.units.map((unit) => foldUnit(parameters, unit)),
  headKernel: view(parameters, HEAD_KERNEL).map((value, at) => value / (temperatures[at % OUTPUTS] ?? 1)),
  headBias: view(parameters, HEAD_BIAS).map((value, at) => value / (temperatures[at] ?? 1) + (offsets[at] ?? 0)),
})
