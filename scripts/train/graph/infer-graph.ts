/** The network as it judges: batch norm by stored statistics, no dropout. */
import type { Network } from '../network.js'
import { HEAD_BIAS, HEAD_KERNEL, layoutOf } from '../parameters.js'
import type { GraphBuilder, Value } from './builder.js'
import { convolve, FLOAT, FLOAT_BY_AXIS, storedNorm, unpack } from './operations.js'

/** Inputs: `weights` [W], `stored` (statistics), `patches` [N,S,S,C]. Gives `logits` [N,2]. */
export const inferGraph = (graph: GraphBuilder, network: Network): Record<string, Value> => {
  const { blocks, side, channels } = network
  const layout = layoutOf(network)
  const named = unpack(graph, graph.input('weights', [layout.weightCount]), layout.weights)
  const stored = unpack(graph, graph.input('stored', [layout.statisticCount]), layout.statistics)
  let value = graph.input('patches', [-1, side, side, channels])
  for (const { units, residual } of blocks) {
    const before = value
    for (const unit of units) {
      const raw = convolve(graph, unit, value, named(unit.kernel))
      const [mean, variance] = [stored(`${unit.norm}/moving_mean`), stored(`${unit.norm}/moving_variance`)]
      value = storedNorm(graph, raw, named(`${unit.norm}/gamma`), named(`${unit.norm}/beta`), mean, variance)
      if (unit.relu6) value = graph.node('Relu6', [value], FLOAT)
    }
    if (residual) value = graph.node('AddV2', [before, value], FLOAT)
  }
  const features = graph.node('Mean', [value, graph.integers([1, 2])], FLOAT_BY_AXIS)
  return { logits: graph.node('AddV2', [graph.node('MatMul', [features, named(HEAD_KERNEL)], FLOAT), named(HEAD_BIAS)], FLOAT) }
}
