/** All numbers of a network as two flat vectors, so that one step of the optimizer is one loop. */
import { kernelShape, type Network, OUTPUTS } from './network.js'

/** Where a named tensor lies in its vector. `decays`: weight decay applies (kernels only, never scales and offsets). */
export type Slot = { name: string; shape: readonly number[]; offset: number; size: number; decays: boolean }

/** `weights`: trained by gradient. `statistics`: means and variances. `headOffset`: of the last layer; everything before it is the backbone. */
export type Layout = {
  weights: readonly Slot[]
  statistics: readonly Slot[]
  weightCount: number
  statisticCount: number
  headOffset: number
}

/** The two vectors, and how they are laid out. */
export type Parameters = { layout: Layout; weights: Float32Array; statistics: Float32Array }

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

const total = (slots: readonly Slot[]): number => slots.reduce((sum, slot) => sum + slot.size, 0)

export const layoutOf = ({ units, features }: Network): Layout => {
  const weights = layOut([
    ...units.flatMap((unit) => [
      { name: unit.kernel, shape: kernelShape(unit), decays: true },
      { name: `${unit.norm}/gamma`, shape: [unit.outputs], decays: false },
      { name: `${unit.norm}/beta`, shape: [unit.outputs], decays: false },
    ]),
    { name: HEAD_KERNEL, shape: [features, OUTPUTS], decays: true },
    { name: HEAD_BIAS, shape: [OUTPUTS], decays: false },
  ])
  const statistics = layOut(
    units.flatMap((unit) => [
      { name: `${unit.norm}/moving_mean`, shape: [unit.outputs], decays: false },
      { name: `${unit.norm}/moving_variance`, shape: [unit.outputs], decays: false },
    ]),
  )
  const weightCount = total(weights)
  return { weights, statistics, weightCount, statisticCount: total(statistics), headOffset: weightCount - (features + 1) * OUTPUTS }
}

/** All zeros. */
export const emptyParameters = (layout: Layout): Parameters => ({
  layout,
  weights: new Float32Array(layout.weightCount),
  statistics: new Float32Array(layout.statisticCount),
})

/** The numbers of one tensor, a view into its vector. Throws on an unknown name. */
export const view = ({ layout, weights, statistics }: Parameters, name: string): Float32Array => {
  for (const [slots, vector] of [
    [layout.weights, weights],
    [layout.statistics, statistics],
  ] as const) {
    const slot = slots.find((each) => each.name === name)
    if (slot !== undefined) return vector.subarray(slot.offset, slot.offset + slot.size)
  }
  throw new Error(`the network has no tensor ${name}`)
}
