/** A narrow network's kernels in a wider one, which then gives what the narrow one gave. Source: Chen, Goodfellow, Shlens 2016, Net2Net. */
import type { Random } from './random.js'

/** A stored tensor: `shape` as Keras has it, [row, column, input, output]; depthwise [row, column, channel, 1]. */
export type Stored = { shape: readonly number[]; at(index: number): number }

const deviationOf = ({ shape, at }: Stored): number => {
  const size = shape.reduce((product, dim) => product * dim, 1)
  let sum = 0
  for (let index = 0; index < size; index++) sum += at(index) ** 2
  return Math.sqrt(sum / size)
}

/**
 * Fills `target`, a kernel of the shape `wanted`. Channels beyond the stored ones are copies of the first, and what reads a channel that is there
 * twice takes half of it from each. `noise` is put upon the copies, as a share of the tensor's deviation: what is equal would learn the same for ever.
 */
export const widen = (
  target: Float32Array,
  wanted: readonly number[],
  stored: Stored,
  { depthwise, noise }: { depthwise: boolean; noise: number },
  random: Random,
): void => {
  const [rows = 1, columns = 1, inputs = 1, outputs = 1] = wanted
  const [, , storedInputs = 1, storedOutputs = 1] = stored.shape
  const copies = (input: number): number => Math.floor((inputs - 1 - (input % storedInputs)) / storedInputs) + 1
  const deviation = deviationOf(stored) * noise
  for (let place = 0; place < rows * columns; place++) {
    for (let input = 0; input < inputs; input++) {
      for (let output = 0; output < outputs; output++) {
        const from = (place * storedInputs + (input % storedInputs)) * storedOutputs + (output % storedOutputs)
        const copied = input >= storedInputs || output >= storedOutputs
        const value = stored.at(from) + (copied ? deviation * random.normal() : 0)
        target[(place * inputs + input) * outputs + output] = value / (depthwise ? 1 : copies(input))
      }
    }
  }
}
