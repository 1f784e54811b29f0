/** Writes the folded network as a tfjs LayersModel: [N,side,side,channels] in, [N,2] out: closed, visible. */
import { pathToFileURL } from 'node:url'
import tf, { type Symbolic } from '@tensorflow/tfjs-node'
import type { Folded, FoldedUnit } from './fold.js'
import { kernelShape, OUTPUTS } from './network.js'

const convolution = ({ unit, kernel, bias }: FoldedUnit, input: Symbolic): Symbolic => {
  const name = unit.kernel.split('/')[0] ?? unit.kernel
  const common = { name, kernelSize: unit.side, strides: unit.stride, padding: 'same', useBias: true }
  const layer = unit.kind === 'depthwise' ? tf.layers.depthwiseConv2d(common) : tf.layers.conv2d({ ...common, filters: unit.outputs })
  const output = layer.apply(input)
  layer.setWeights([tf.tensor(kernel, kernelShape(unit)), tf.tensor1d(bias)])
  return unit.relu6 ? tf.layers.reLU({ name: `${name}_relu6`, maxValue: 6 }).apply(output) : output
}

/** Saves model.json and weights.bin in `folder`, which is made when it is missing. */
export const exportTfjs = async (folded: Folded, folder: string): Promise<void> => {
  const byKernel = new Map(folded.units.map((each) => [each.unit.kernel, each]))
  const { blocks, features: width, side, channels } = folded.network
  const patch = tf.input({ shape: [side, side, channels], name: 'patch' })
  let value = patch
  for (const block of blocks) {
    const before = value
    for (const { kernel } of block.units) {
      const unit = byKernel.get(kernel)
      if (unit === undefined) throw new Error(`nothing folded for ${kernel}`)
      value = convolution(unit, value)
    }
    if (block.residual) value = tf.layers.add({ name: `${block.name}_add` }).apply([before, value])
  }
  const features = tf.layers.globalAveragePooling2d({ name: 'pooled' }).apply(value)
  const head = tf.layers.dense({ name: 'closed_visible', units: OUTPUTS, activation: 'sigmoid' })
  const outputs = head.apply(features)
  head.setWeights([tf.tensor(folded.headKernel, [width, OUTPUTS]), tf.tensor1d(folded.headBias)])
  await tf.model({ inputs: patch, outputs, name: 'eye-state' }).save(pathToFileURL(folder).href)
}
