/**
 * MobileNetV2, without its last dense layer, as a plain list; and the same with each depthwise convolution made a full one, to compare.
 * Source: Sandler et al. 2018, table 2; channel rounding as in Keras `_make_divisible`.
 */
import { type Block, unit } from './unit.js'

/** Features in front of the last dense layer. */
const FEATURES = 1280

// Source: table 2 of the paper: expansion, channels at α 1, repeats, stride of the first.
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const

// Own: of one thread's time for two eyes, ONNX Runtime spends a tenth in the layers of 8 channels, which its fast layout does not take: twice as wide they
// cost less. Half the expansion of the second stage, whose maps are the largest, pays for the width of the later ones.
const EVEN = { leastChannels: 16, secondExpansion: 3 }
const AS_PUBLISHED = { leastChannels: 8, secondExpansion: 6 }

type Variant = 'published' | 'even' | 'expanding'

const scaled = (channels: number, alpha: number, least: number): number => {
  const wanted = channels * alpha
  const rounded = Math.max(least, Math.floor((wanted + 4) / 8) * 8)
  return rounded < 0.9 * wanted ? rounded + 8 : rounded
}

type Kind = 'full' | 'depthwise'

type Sizes = { inputs: number; outputs: number; expansion: number; stride: 1 | 2; kind: Kind; alwaysExpands: boolean }

const block = (index: number, { inputs, outputs, expansion, stride, kind, alwaysExpands }: Sizes): Block => {
  const name = index === 0 ? 'expanded_conv' : `block_${index}`
  const inner = inputs * expansion
  const expand = unit(`${name}_expand`, `${name}_expand_BN`, { kind: 'full', side: 1, stride: 1, inputs, outputs: inner, relu6: true })
  return {
    name,
    // The first has none: as published it halves the channels.
    residual: index > 0 && stride === 1 && inputs === outputs,
    units: [
      ...(expansion === 1 && !alwaysExpands ? [] : [expand]),
      unit(`${name}_depthwise`, `${name}_depthwise_BN`, { kind, side: 3, stride, inputs: inner, outputs: inner, relu6: true }),
      unit(`${name}_project`, `${name}_project_BN`, { kind: 'full', side: 1, stride: 1, inputs: inner, outputs, relu6: false }),
    ],
  }
}

/**
 * The blocks.
 * @param alpha width; 1 is the paper's
 * @param colours of the picture that goes in: 1 gray, 3 colour
 * @param kind of the convolutions between expansion and projection: `depthwise` is the paper's
 * @param variant `even`: no layer has fewer than 16 channels, and the second stage half the expansion; `expanding`: the first block begins with a 1×1
 * convolution too, as GluonCV builds it
 */
export const mobilenetV2 = (alpha: number, colours: number, kind: Kind, variant: Variant = 'published'): Block[] => {
  const { leastChannels, secondExpansion } = variant === 'even' ? EVEN : AS_PUBLISHED
  const first = scaled(32, alpha, leastChannels)
  const stem = unit('Conv1', 'bn_Conv1', { kind: 'full', side: 3, stride: 2, inputs: colours, outputs: first, relu6: true })
  const blocks: Block[] = [{ name: 'Conv1', units: [stem], residual: false }]
  let inputs = first
  let index = 0
  for (const [stage, [expansion, channels, repeats, stride]] of STAGES.entries()) {
    const outputs = scaled(channels, alpha, leastChannels)
    for (let repeat = 0; repeat < repeats; repeat++) {
      const sizes = { inputs, outputs, expansion: stage === 1 ? secondExpansion : expansion, stride: repeat === 0 ? stride : 1 } as const
      blocks.push(block(index++, { ...sizes, kind, alwaysExpands: variant === 'expanding' }))
      inputs = outputs
    }
  }
  const last = unit('Conv_1', 'Conv_1_bn', { kind: 'full', side: 1, stride: 1, inputs, outputs: FEATURES, relu6: true })
  return [...blocks, { name: 'Conv_1', units: [last], residual: false }]
}
