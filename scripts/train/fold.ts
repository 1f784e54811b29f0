/** Folds batch norm into the convolutions and the calibration into the last layer: the network as it is shipped. */
import { NORM_EPSILON, OUTPUTS, UNITS, type Unit } from './network.js'
import { HEAD_BIAS, HEAD_KERNEL, type Parameters, view } from './parameters.js'

/** A convolution with bias. `kernel` in TensorFlow's order: row, column, input, output (depthwise: row, column, channel). */
export type FoldedUnit = { unit: Unit; kernel: Float32Array; bias: Float32Array }

/** `headKernel` [1280×2], `headBias` [2]: the calibrated logits of closed and visible. */
export type Folded = { units: FoldedUnit[]; headKernel: Float32Array; headBias: Float32Array }

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

export const fold = (parameters: Parameters, { temperatures, offsets }: Calibration): Folded => ({
  units: UNITS.map((unit) => foldUnit(parameters, unit)),
  headKernel: view(parameters, HEAD_KERNEL).map((value, at) => value / (temperatures[at % OUTPUTS] ?? 1)),
  headBias: view(parameters, HEAD_BIAS).map((value, at) => value / (temperatures[at] ?? 1) + (offsets[at] ?? 0)),
})
