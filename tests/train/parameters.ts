/** Networks with random numbers, for tests that need one and not a good one. */
import { EYE_STATE, type Network, networkOf } from '../../scripts/train/network.js'
import { emptyParameters, layoutOf, type Parameters, view } from '../../scripts/train/parameters.js'
import { seeded } from '../../scripts/train/random.js'

/** Kernels scaled so that values neither vanish nor explode through 52 layers. */
export const randomParameters = (seed: number, network: Network = networkOf(EYE_STATE)): Parameters => {
  const random = seeded(seed)
  const layout = layoutOf(network)
  const parameters = emptyParameters(layout)
  for (const { name, shape, size } of [...layout.weights, ...layout.statistics]) {
    const inputs = name.endsWith('depthwise_kernel') ? 9 : size / (shape.at(-1) ?? 1)
    const values = view(parameters, name)
    for (let at = 0; at < values.length; at++) {
      const draw = random.normal()
      if (name.endsWith('kernel')) values[at] = draw * Math.sqrt(2 / inputs)
      else if (name.endsWith('gamma') || name.endsWith('variance')) values[at] = 1 + 0.2 * draw
      else values[at] = 0.2 * draw
    }
  }
  return parameters
}
