/**
 * The shapes of networks. Everything else (the passes in TensorFlow, folding, both exports) walks a network's blocks, so that an
 * architecture stands in one place.
 */
import { INPUT_SIDE } from '../../daemon/vision/classify/normalise.js'
import { mobilenetV2 } from './architectures/mobilenet-v2.js'
import type { Block, Unit } from './architectures/unit.js'
import { vgg } from './architectures/vgg.js'

/** Logits of the last layer: closed, visible. */
export const OUTPUTS = 2
/** Source: Keras' MobileNetV2, whose weights we start from. */
export const NORM_EPSILON = 1e-3

/**
 * `width`: α of MobileNetV2, channels of the first stage of VGG. `even-mobilenet-v2`: without narrow layers, `expanding-mobilenet-v2`: as
 * GluonCV builds it (architectures/mobilenet-v2.ts).
 * `standard-convolutions`: MobileNetV2 with full convolutions for the depthwise.
 * `side`: of the patch, px. `channels`: 1 gray, 3 the same gray three times, as the pretrained weights take it.
 */
export type Architecture = {
  kind: 'mobilenet-v2' | 'even-mobilenet-v2' | 'expanding-mobilenet-v2' | 'standard-convolutions' | 'vgg-like'
  width: number
  side: number
  channels: 1 | 3
}

/** `features` go into the last dense layer; `lastSide`: side of the maps they are means of, px. */
export type Network = Architecture & { blocks: readonly Block[]; units: readonly Unit[]; features: number; lastSide: number }

const VARIANTS = { 'mobilenet-v2': 'published', 'even-mobilenet-v2': 'even', 'expanding-mobilenet-v2': 'expanding' } as const

const blocksOf = ({ kind, width, channels }: Architecture): Block[] => {
  if (kind === 'vgg-like') return vgg(width, channels)
  if (kind === 'standard-convolutions') return mobilenetV2(width, channels, 'full')
  return mobilenetV2(width, channels, 'depthwise', VARIANTS[kind])
}

export const networkOf = (architecture: Architecture): Network => {
  const blocks = blocksOf(architecture)
  const units = blocks.flatMap((block) => block.units)
  return {
    ...architecture,
    blocks,
    units,
    features: units.at(-1)?.outputs ?? 0,
    lastSide: units.reduce((side, { stride }) => Math.ceil(side / stride), architecture.side),
  }
}

/** As published, at the width whose ImageNet weights are at hand. */
export const PUBLISHED: Architecture = { kind: 'mobilenet-v2', width: 0.35, side: INPUT_SIDE, channels: 1 }

/** The one that is shipped. */
export const EYE_STATE: Architecture = { kind: 'even-mobilenet-v2', width: 0.5, side: INPUT_SIDE, channels: 1 }

/** Shape of a unit's kernel as TensorFlow stores it: side, side, in, out (depthwise: side, side, channels, 1). */
export const kernelShape = (unit: Unit): [number, number, number, number] => [
  unit.side,
  unit.side,
  unit.inputs,
  unit.kind === 'depthwise' ? 1 : unit.outputs,
]

/** Multiplications with an addition for one patch, convolutions and last layer. */
export const multiplyAdds = ({ units, side, features }: Network): number => {
  let map = side
  let sum = features * OUTPUTS
  for (const unit of units) {
    map = Math.ceil(map / unit.stride)
    sum += map ** 2 * kernelShape(unit).reduce((product, dim) => product * dim, 1)
  }
  return sum
}
