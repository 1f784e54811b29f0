/** How long a training step of each network takes, side by side. */
import type { Batch } from '../batches.js'
import { openForward } from '../forward.js'
import { type Network, OUTPUTS } from '../network.js'
import { RECIPE } from '../recipe.js'
import { scratch } from '../start.js'

const ROUNDS = 5

const drawnBatch = ({ side, features }: Network): Batch => ({
  patches: Float32Array.from({ length: RECIPE.batch * side ** 2 }, (_, at) => Math.sin(at * 0.37)),
  targets: new Float32Array(RECIPE.batch * OUTPUTS).fill(0.5),
  weights: new Float32Array(RECIPE.batch * OUTPUTS).fill(1 / RECIPE.batch),
  dropout: new Float32Array(RECIPE.batch * features).fill(1),
})

/** The fastest of a few steps of each network, ms, taken in turns. */
export const stepMs = async (networks: readonly Network[]): Promise<number[]> => {
  const runs = []
  for (const network of networks)
    runs.push({ forward: await openForward(network), parameters: scratch(network, 1), batch: drawnBatch(network), times: [] as number[] })
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { forward, parameters, batch, times } of runs) {
      const start = performance.now()
      forward.step(parameters, batch)
      // The first builds TensorFlow's kernels.
      if (round > 0) times.push(performance.now() - start)
    }
  }
  for (const { forward } of runs) forward.close()
  return runs.map(({ times }) => Math.min(...times))
}
