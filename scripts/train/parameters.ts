/** All numbers of the network as two flat vectors, so that one step of the optimizer is one loop. */
import { FEATURES, kernelShape, OUTPUTS, UNITS } from './network.js'

/** Where a named tensor lies in its vector. `decays`: weight decay applies (kernels only, never scales and offsets). */
export type Slot = { name: string; shape: readonly number[]; offset: number; size: number; decays: boolean }

/** `weights`: trained by gradient, laid out as WEIGHT_SLOTS. `statistics`: means and variances, laid out as STATISTIC_SLOTS. */
export type Parameters = { weights: Float32Array; statistics: Float32Array }

export const HEAD_KERNEL = 'head/kernel'
export const HEAD_BIAS = 'head/bias'

const layOut = (tensors: readonly { name: string; shape: readonly number[]; decays: boolean }[]): Slot[] => {
  let offset = 0
  return tensors.map(({ name, shape, decays }) => {
    const size = shape.reduce((product, dim) => product * dim, 1)
    const slot = { name, shape, offset, size, decays }
    offset += size
    return slot
  })
}

export const WEIGHT_SLOTS: readonly Slot[] = layOut([
  ...UNITS.flatMap((unit) => [
    { name: unit.kernel, shape: kernelShape(unit), decays: true },
    { name: `${unit.norm}/gamma`, shape: [unit.outputs], decays: false },
    { name: `${unit.norm}/beta`, shape: [unit.outputs], decays: false },
  ]),
  { name: HEAD_KERNEL, shape: [FEATURES, OUTPUTS], decays: true },
  { name: HEAD_BIAS, shape: [OUTPUTS], decays: false },
])

export const STATISTIC_SLOTS: readonly Slot[] = layOut(
  UNITS.flatMap((unit) => [
    { name: `${unit.norm}/moving_mean`, shape: [unit.outputs], decays: false },
    { name: `${unit.norm}/moving_variance`, shape: [unit.outputs], decays: false },
  ]),
)

/** Both layouts of one network. `lastSide`: side of the last feature maps, px. */
export type Layout = {
  weights: readonly Slot[]
  statistics: readonly Slot[]
  weightCount: number
  statisticCount: number
  features: number
  lastSide: number
}

const total = (slots: readonly Slot[]): number => slots.reduce((sum, slot) => sum + slot.size, 0)
export const WEIGHTS = total(WEIGHT_SLOTS)
export const STATISTICS = total(STATISTIC_SLOTS)

export const LAYOUT: Layout = {
  weights: WEIGHT_SLOTS,
  statistics: STATISTIC_SLOTS,
  weightCount: WEIGHTS,
  statisticCount: STATISTICS,
  features: FEATURES,
  lastSide: 2,
}

/** Offset of the first number of the head: everything before it is the backbone. */
export const HEAD_OFFSET = WEIGHTS - (FEATURES + 1) * OUTPUTS

const slotOf = new Map([...WEIGHT_SLOTS, ...STATISTIC_SLOTS].map((slot) => [slot.name, slot]))

/** The numbers of one tensor, a view into its vector. Throws on an unknown name. */
export const view = (parameters: Parameters, name: string): Float32Array => {
  const slot = slotOf.get(name)
  if (slot === undefined) throw new Error(`the network has no tensor ${name}`)
  const vector = name.includes('/moving_') ? parameters.statistics : parameters.weights
  return vector.subarray(slot.offset, slot.offset + slot.size)
}
