/** Where a run starts from: the ImageNet weights of Keras' MobileNetV2 (Apache-2.0), or nothing but chance. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Network } from './network.js'
import { emptyParameters, HEAD_KERNEL, layoutOf, type Parameters, view } from './parameters.js'
import { type Random, seeded } from './random.js'
import { widen } from './widen.js'

/** Noise upon what is copied, of the tensor's own deviation. Own: with twice as much the wide network no longer gives what the narrow one did. */
const COPY_NOISE = 0.1

const listing = z.object({
  alpha: z.literal(0.35),
  tensors: z.array(z.object({ name: z.string(), shape: z.array(z.number()), byteOffset: z.number() })),
})

/** The head starts small. */
const drawHead = (parameters: Parameters, random: Random): void => {
  const head = view(parameters, HEAD_KERNEL)
  for (let at = 0; at < head.length; at++) head[at] = random.normal() * 0.01
}

/**
 * Reads `<data>/weights/mobilenetv2-0.35-224-imagenet-keras`. For a gray network the first kernel is summed over its three colours: a gray
 * picture is the same number in each. A network with wider layers gets copies, `seed` draws their noise and the head. Throws when the network is
 * not a MobileNetV2 of at least these widths or a tensor is missing.
 */
export const pretrained = (network: Network, data: string, seed: number): Parameters => {
  const folder = join(data, 'weights', 'mobilenetv2-0.35-224-imagenet-keras')
  const { tensors } = listing.parse(JSON.parse(readFileSync(join(folder, 'weights.json'), 'utf8')))
  const bytes = readFileSync(join(folder, 'weights.bin'))
  const stored = new Map(tensors.map((tensor) => [tensor.name, tensor]))
  const parameters = emptyParameters(layoutOf(network))
  const { layout } = parameters
  const random = seeded(seed)
  for (const slot of [...layout.weights, ...layout.statistics]) {
    if (slot.name.startsWith('head/')) continue
    const tensor = stored.get(slot.name)
    if (tensor === undefined) throw new Error(`${folder}/weights.json has no tensor ${slot.name}`)
    const target = view(parameters, slot.name)
    const value = (index: number): number => bytes.readFloatLE(tensor.byteOffset + index * 4)
    if (slot.shape.some((dim, axis) => dim < (tensor.shape[axis] ?? 1) && !(axis === 2 && slot.name === network.units[0]?.kernel))) {
      throw new Error(`${slot.name}: ${tensor.shape.join('×')} stored, ${slot.shape.join('×')} wanted`)
    }
    if (slot.shape.length === 1) {
      const [storedSize = 1] = tensor.shape
      for (let at = 0; at < slot.size; at++) target[at] = value(at % storedSize)
      continue
    }
    const [rows = 1, columns = 1, inputs = 1, outputs = 1] = tensor.shape
    if (slot.name === network.units[0]?.kernel && network.channels === 1) {
      const gray = {
        shape: [rows, columns, 1, outputs],
        at: (index: number) => {
          const place = Math.floor(index / outputs) * inputs * outputs + (index % outputs)
          return value(place) + value(place + outputs) + value(place + 2 * outputs)
        },
      }
      widen(target, slot.shape, gray, { depthwise: false, noise: COPY_NOISE }, random)
    } else
      widen(
        target,
        slot.shape,
        { shape: tensor.shape, at: value },
        { depthwise: slot.name.includes('depthwise'), noise: COPY_NOISE },
        random,
      )
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
