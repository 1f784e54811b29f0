/**
 * A conventional network of VGG's kind, to compare: stages of two or three full 3×3 convolutions, each stage half as large and twice as wide.
 * Source: Simonyan & Zisserman 2015, configuration D without its last stage; halved by stride where VGG pools, with batch norm, which VGG did not have yet.
 */
import { type Block, unit } from './unit.js'

const STAGES = [
  [1, 2],
  [2, 2],
  [4, 3],
  [8, 3],
] as const

/** @param width channels of the first stage; VGG's own is 64 */
export const vgg = (width: number, colours: number): Block[] => {
  let inputs = colours
  return STAGES.flatMap(([times, count], stage) =>
    Array.from({ length: count }, (_, at): Block => {
      const name = `conv${stage + 1}_${at + 1}`
      const outputs = width * times
      const made = unit(name, `${name}_BN`, { kind: 'full', side: 3, stride: at === 0 ? 2 : 1, inputs, outputs, relu6: true })
      inputs = outputs
      return { name, units: [made], residual: false }
    }),
  )
}
