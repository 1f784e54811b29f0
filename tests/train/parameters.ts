/** Networks with random numbers, for tests that need one and not a good one. */
import { type Parameters, STATISTIC_SLOTS, STATISTICS, view, WEIGHT_SLOTS, WEIGHTS } from '../../scripts/train/parameters.js'
import { seeded } from '../../scripts/train/random.js'

/** Kernels scaled so that values neither vanish nor explode through 52 layers. */
export const randomParameters = (seed: number): Parameters => {
  const random = seeded(seed)
  const parameters = { weights: new Float32Array(WEIGHTS), statistics: new Float32Array(STATISTICS) }
  for (const { name, shape, size } of [...WEIGHT_SLOTS, ...STATISTIC_SLOTS]) {
    const inputs = name.includes('depthwise') ? 9 : size / (shape.at(-1) ?? 1)
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
