/** Where a run starts from: the ImageNet weights of Keras' MobileNetV2 (Apache-2.0), or nothing but chance. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Network } from './network.js'
import { emptyParameters, HEAD_KERNEL, layoutOf, type Parameters, view } from './parameters.js'
import { type Random, seeded } from './random.js'
import { type Stored, widen } from './widen.js'

/** Noise upon what is copied, of the tensor's own deviation. Own: with twice as much the wide network no longer gives what the narrow one did. */
const COPY_NOISE = 0.1

const listing = z.object({
  alpha: z.literal(0.35),
  tensors: z.array(z.object({ name: z.string(), shape: z.array(z.number()), byteOffset: z.number() })),
})

/** The head starts small. */
export const drawHead = (parameters: Parameters, random: Random): void => {
  const head = view(parameters, HEAD_KERNEL)
  for (let at = 0; at < head.length; at++) head[at] = random.normal() * 0.01
}

/** A kernel's numbers summed over its input channels: a gray picture is the same number in each colour. */
const overColours = ({ shape, at }: Stored): Stored => {
  const [rows = 1, columns = 1, colours = 1, outputs = 1] = shape
  const sum = (index: number): number => {
    const first = Math.floor(index / outputs) * colours * outputs + (index % outputs)
    return Array.from({ length: colours }, (_, colour) => at(first + colour * outputs)).reduce((total, value) => total + value, 0)
  }
  return { shape: [rows, columns, 1, outputs], at: sum }
}

/** Whether the stored kernel has this one's side and no more channels. */
const fits = (wanted: readonly number[], { shape }: Stored): boolean =>
  wanted.length === shape.length &&
  wanted.every((dim, axis) => (wanted.length === 4 && axis < 2 ? dim === shape[axis] : dim >= (shape[axis] ?? dim + 1)))

/**
 * Reads `<data>/weights/mobilenetv2-0.35-224-imagenet-keras`. For a gray network the first kernel is summed over its three colours. A network with
 * wider layers gets copies, `seed` draws their noise and the head. Throws when the network is not a MobileNetV2 of at least these widths or a tensor
 * is missing.
 */
export const pretrained = (network: Network, data: string, seed: number): Parameters => {
  const folder = join(data, 'weights', 'mobilenetv2-0.35-224-imagenet-keras')
  const { tensors } = listing.parse(JSON.parse(readFileSync(join(folder, 'weights.json'), 'utf8')))
  const bytes = readFileSync(join(folder, 'weights.bin'))
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]))
  const parameters = emptyParameters(layoutOf(network))
  const random = seeded(seed)
  for (const { name, shape } of [...parameters.layout.weights, ...parameters.layout.statistics]) {
    if (name.startsWith('head/')) continue
    const tensor = byName.get(name)
    if (tensor === undefined) throw new Error(`${folder}/weights.json has no tensor ${name}`)
    const read: Stored = { shape: tensor.shape, at: (index) => bytes.readFloatLE(tensor.byteOffset + index * 4) }
    const stored = name === network.units[0]?.kernel && network.channels === 1 ? overColours(read) : read
    if (!fits(shape, stored)) throw new Error(`${name}: ${stored.shape.join('×')} stored, ${shape.join('×')} wanted`)
    const target = view(parameters, name)
    if (shape.length === 4) widen(target, shape, stored, { depthwise: name.includes('depthwise'), noise: COPY_NOISE }, random)
    else
      target.forEach((_, channel) => {
        target[channel] = stored.at(channel % (stored.shape[0] ?? 1))
      })
  }
  drawHead(parameters, seeded(seed))
  return parameters
}

/** Kernels drawn so that a ReLU's output keeps the spread of its input. Source: He et al. 2015. */
export const scratch = (network: Network, seed: number): Parameters => {
  const random = seeded(seed)
  const parameters = emptyParameters(layoutOf(network))
  for (const { kernel, norm, kind, side, inputs } of network.units) {
    const deviation = Math.sqrt(2 / (side ** 2 * (kind === 'depthwise' ? 1 : inputs)))
    const values = view(parameters, kernel)
    for (let at = 0; at < values.length; at++) values[at] = random.normal() * deviation
    view(parameters, `${norm}/gamma`).fill(1)
    view(parameters, `${norm}/moving_variance`).fill(1)
  }
  drawHead(parameters, random)
  return parameters
}
