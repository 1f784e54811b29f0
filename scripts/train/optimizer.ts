/** Adam with decoupled weight decay (Loshchilov & Hutter 2019) and a moving average of the weights, on flat vectors. */
import type { Layout, Parameters } from './parameters.js'

// Source: Kingma & Ba 2015.
const BETA1 = 0.9
const BETA2 = 0.999
const EPSILON = 1e-7

/** What goes on from step to step; all of it is in a checkpoint. `average` is what is validated and exported. */
export type TrainingState = { step: number; raw: Parameters; average: Parameters; moment1: Float32Array; moment2: Float32Array }

const copy = ({ layout, weights, statistics }: Parameters): Parameters => ({
  layout,
  weights: weights.slice(),
  statistics: statistics.slice(),
})

export const startState = (parameters: Parameters): TrainingState => ({
  step: 0,
  raw: copy(parameters),
  average: copy(parameters),
  moment1: new Float32Array(parameters.layout.weightCount),
  moment2: new Float32Array(parameters.layout.weightCount),
})

export type Rates = { learningRate: number; weightDecay: number; averageDecay: number; statisticsDecay: number }

const decaying = new WeakMap<Layout, Uint8Array>()

/** 1 for each weight that decays; worked out once for a layout. */
const decaysOf = (layout: Layout): Uint8Array => {
  const known = decaying.get(layout)
  if (known !== undefined) return known
  const decays = new Uint8Array(layout.weightCount)
  for (const slot of layout.weights) if (slot.decays) decays.fill(1, slot.offset, slot.offset + slot.size)
  decaying.set(layout, decays)
  return decays
}

const follow = (average: Float32Array, values: Float32Array, decay: number): void => {
  for (let at = 0; at < average.length; at++) average[at] = decay * (average[at] ?? 0) + (1 - decay) * (values[at] ?? 0)
}

/** Takes one step in place. With `headOnly` the backbone stays, its moments included. */
export const advance = (
  state: TrainingState,
  gradient: Float32Array,
  statistics: Float32Array,
  { learningRate, weightDecay, averageDecay, statisticsDecay }: Rates,
  headOnly: boolean,
): void => {
  const { raw, moment1, moment2 } = state
  const { layout } = raw
  const decays = decaysOf(layout)
  state.step++
  const correction1 = 1 - BETA1 ** state.step
  const correction2 = 1 - BETA2 ** state.step
  for (let at = headOnly ? layout.headOffset : 0; at < layout.weightCount; at++) {
    const slope = gradient[at] ?? 0
    const first = BETA1 * (moment1[at] ?? 0) + (1 - BETA1) * slope
    const second = BETA2 * (moment2[at] ?? 0) + (1 - BETA2) * slope * slope
    moment1[at] = first
    moment2[at] = second
    const weight = raw.weights[at] ?? 0
    const shrink = decays[at] === 1 ? weightDecay * weight : 0
    raw.weights[at] = weight - learningRate * (first / correction1 / (Math.sqrt(second / correction2) + EPSILON) + shrink)
  }
  // The averages follow faster at first: nobody wants the random start in them.
  const warm = (1 + state.step) / (10 + state.step)
  follow(raw.statistics, statistics, Math.min(warm, statisticsDecay))
  follow(state.average.weights, raw.weights, Math.min(warm, averageDecay))
  follow(state.average.statistics, raw.statistics, Math.min(warm, averageDecay))
}

/** Rises over `warmSteps` to `peak`, then falls along a cosine to a hundredth of it. */
export const learningRate = (step: number, steps: number, warmSteps: number, peak: number): number => {
  if (step < warmSteps) return (peak * (step + 1)) / warmSteps
  const share = (step - warmSteps) / Math.max(1, steps - warmSteps)
  return peak * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, share))))
}
