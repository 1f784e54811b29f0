/**
 * The shape of the network: MobileNetV2 α 0.35 at 64×64 gray with two logits, as a plain list.
 *
 * Everything else (the pass in TensorFlow, folding, both exports) walks this list, so the architecture stands here once.
 * Source: Sandler et al. 2018, table 2; channel rounding as in Keras `_make_divisible`.
 */

export { INPUT_SIDE } from '../../daemon/vision/classify/normalise.js'

/** One convolution with the batch norm behind it. `kernel` and `norm` are Keras' tensor names of the pretrained weights. */
export type Unit = {
  kernel: string
  norm: string
  kind: 'full' | 'depthwise'
  /** Side of the kernel, px. */
  side: 1 | 3
  stride: 1 | 2
  inputs: number
  outputs: number
  relu6: boolean
}

/** Units one after another; `residual` adds the block's input to its output. */
export type Block = { name: string; units: readonly Unit[]; residual: boolean }

export const ALPHA = 0.35
/** Features in front of the last dense layer. */
export const FEATURES = 1280
/** Logits of the last layer: closed, visible. */
export const OUTPUTS = 2
/** Source: Keras' MobileNetV2, whose weights we start from. */
export const NORM_EPSILON = 1e-3

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

const scaled = (channels: number, alpha: number): number => {
  const wanted = channels * alpha
  const rounded = Math.max(8, Math.floor((wanted + 4) / 8) * 8)
  return rounded < 0.9 * wanted ? rounded + 8 : rounded
}

const block = (index: number, inputs: number, outputs: number, expansion: number, stride: 1 | 2): Block => {
  const name = index === 0 ? 'expanded_conv' : `block_${index}`
  const inner = inputs * expansion
  const expand: Unit[] =
    expansion === 1
      ? []
      : [
          {
            kernel: `${name}_expand/kernel`,
            norm: `${name}_expand_BN`,
            kind: 'full',
            side: 1,
            stride: 1,
            inputs,
            outputs: inner,
            relu6: true,
          },
        ]
  return {
    name,
    residual: stride === 1 && inputs === outputs,
    units: [
      ...expand,
      {
        kernel: `${name}_depthwise/depthwise_kernel`,
        norm: `${name}_depthwise_BN`,
        kind: 'depthwise',
        side: 3,
        stride,
        inputs: inner,
        outputs: inner,
        relu6: true,
      },
      {
        kernel: `${name}_project/kernel`,
        norm: `${name}_project_BN`,
        kind: 'full',
        side: 1,
        stride: 1,
        inputs: inner,
        outputs,
        relu6: false,
      },
    ],
  }
}

/**
 * The blocks of a MobileNetV2, without its last dense layer.
 * @param alpha width; 1 is the paper's
 * @param channels of the picture that goes in: 1 gray, 3 colour
 */
export const mobilenetV2 = ({ alpha, channels: colours }: { alpha: number; channels: number }): Block[] => {
  const first = scaled(32, alpha)
  const stem: Unit = {
    kernel: 'Conv1/kernel',
    norm: 'bn_Conv1',
    kind: 'full',
    side: 3,
    stride: 2,
    inputs: colours,
    outputs: first,
    relu6: true,
  }
  const blocks: Block[] = [{ name: 'Conv1', units: [stem], residual: false }]
  let inputs = first
  let index = 0
  for (const [expansion, channels, repeats, stride] of STAGES) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      blocks.push(block(index++, inputs, scaled(channels, alpha), expansion, repeat === 0 ? stride : 1))
      inputs = scaled(channels, alpha)
    }
  }
  const last: Unit = {
    kernel: 'Conv_1/kernel',
    norm: 'Conv_1_bn',
    kind: 'full',
    side: 1,
    stride: 1,
    inputs,
    outputs: FEATURES,
    relu6: true,
  }
  return [...blocks, { name: 'Conv_1', units: [last], residual: false }]
}

export const BLOCKS: readonly Block[] = mobilenetV2({ alpha: ALPHA, channels: 1 })
export const UNITS: readonly Unit[] = BLOCKS.flatMap((each) => each.units)

/** Shape of a unit's kernel as TensorFlow stores it: side, side, in, out (depthwise: side, side, channels, 1). */
export const kernelShape = (unit: Unit): [number, number, number, number] => [
  unit.side,
  unit.side,
  unit.inputs,
  unit.kind === 'depthwise' ? 1 : unit.outputs,
]
