/** Starts the network from the ImageNet weights of Keras' MobileNetV2 (Apache-2.0). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { UNITS } from './network.js'
import { HEAD_KERNEL, type Parameters, STATISTIC_SLOTS, STATISTICS, view, WEIGHT_SLOTS, WEIGHTS } from './parameters.js'
import { seeded } from './random.js'

const listing = z.object({
  alpha: z.literal(0.35),
  tensors: z.array(z.object({ name: z.string(), shape: z.array(z.number()), byteOffset: z.number() })),
})

/**
 * Reads `<data>/weights/mobilenetv2-0.35-224-imagenet-keras`. The first kernel is summed over its three colours: a gray picture
 * is the same number in each. The head starts small and random, by `seed`. Throws when a tensor is missing or has another shape.
 */
export const pretrained = (data: string, seed: number): Parameters => {
  const folder = join(data, 'weights', 'mobilenetv2-0.35-224-imagenet-keras')
  const { tensors } = listing.parse(JSON.parse(readFileSync(join(folder, 'weights.json'), 'utf8')))
  const bytes = readFileSync(join(folder, 'weights.bin'))
  const stored = new Map(tensors.map((tensor) => [tensor.name, tensor]))
  const parameters = { weights: new Float32Array(WEIGHTS), statistics: new Float32Array(STATISTICS) }
  for (const slot of [...WEIGHT_SLOTS, ...STATISTIC_SLOTS]) {
    if (slot.name.startsWith('head/')) continue
    const tensor = stored.get(slot.name)
    if (tensor === undefined) throw new Error(`${folder}/weights.json has no tensor ${slot.name}`)
    const target = view(parameters, slot.name)
    const colours = slot.name === UNITS[0]?.kernel ? 3 : 1
    const count = tensor.shape.reduce((product, dim) => product * dim, 1)
    if (count !== slot.size * colours) throw new Error(`${slot.name}: ${tensor.shape.join('×')} stored, ${slot.shape.join('×')} wanted`)
    const outputs = slot.shape.at(-1) ?? 1
    for (let at = 0; at < count; at++) {
      // Layout of the first kernel: row, column, colour, output.
      const place = colours === 1 ? at : Math.floor(at / (3 * outputs)) * outputs + (at % outputs)
      target[place] = (target[place] ?? 0) + bytes.readFloatLE(tensor.byteOffset + at * 4)
    }
  }
  const random = seeded(seed)
  const head = view(parameters, HEAD_KERNEL)
  for (let at = 0; at < head.length; at++) head[at] = random.normal() * 0.01
  return parameters
}
