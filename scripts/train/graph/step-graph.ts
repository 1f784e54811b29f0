/**
 * One training step as a single TensorFlow graph: loss, gradient by every weight, and the batch's statistics.
 *
 * tfjs can differentiate by itself, but then makes each of a step's 700 operations by a call of its own, which took as long as the
 * arithmetic. The network is a chain, so the way back is the way forth read backwards; a test compares it with difference quotients.
 */
import type { Block, Unit } from '../architectures/unit.js'
import { type Network, OUTPUTS } from '../network.js'
import { HEAD_BIAS, HEAD_KERNEL, layoutOf } from '../parameters.js'
import type { GraphBuilder, Value } from './builder.js'
import { batchNorm, convolve, FLOAT, FLOAT_BY_AXIS, join, normSlopes, slopeByInput, slopeByKernel, unpack } from './operations.js'

/** What a unit leaves for the way back: its input, the convolution's output, the norm's, and its own. */
type Trace = { unit: Unit; input: Value; kernel: Value; raw: Value; gamma: Value; norm: Value; output: Value }
type BlockTrace = { residual: boolean; traces: readonly Trace[] }

type Named = (name: string) => Value

const forth = (graph: GraphBuilder, blocks: readonly Block[], patches: Value, named: Named): { last: Value; way: BlockTrace[] } => {
  let value = patches
  const way = blocks.map(({ units, residual }) => {
    const before = value
    const traces = units.map((unit): Trace => {
      const input = value
      const kernel = named(unit.kernel)
      const gamma = named(`${unit.norm}/gamma`)
      const raw = convolve(graph, unit, input, kernel)
      const norm = batchNorm(graph, raw, gamma, named(`${unit.norm}/beta`))
      value = unit.relu6 ? graph.node('Relu6', [norm], FLOAT) : norm
      return { unit, input, kernel, raw, gamma, norm, output: value }
    })
    if (residual) value = graph.node('AddV2', [before, value], FLOAT)
    return { residual, traces }
  })
  return { last: value, way }
}

/** From the slope by the last feature maps to those by every kernel, gamma and beta, into `slopes`. */
const back = (graph: GraphBuilder, way: readonly BlockTrace[], lastSlope: Value, slopes: Map<string, Value>): void => {
  let slope = lastSlope
  const first = way[0]?.traces[0]
  for (const { residual, traces } of [...way].reverse()) {
    const after = slope
    for (const trace of [...traces].reverse()) {
      const { unit, input, kernel, raw, gamma, norm, output } = trace
      if (unit.relu6) slope = graph.node('Relu6Grad', [slope, output], FLOAT)
      const made = normSlopes(graph, slope, raw, gamma, norm)
      slopes.set(`${unit.norm}/gamma`, `${made}:1`)
      slopes.set(`${unit.norm}/beta`, `${made}:2`)
      slopes.set(unit.kernel, slopeByKernel(graph, unit, input, kernel, made))
      if (trace !== first) slope = slopeByInput(graph, unit, input, kernel, made)
    }
    if (residual) slope = graph.node('AddV2', [after, slope], FLOAT)
  }
}

/**
 * Adds a step to the graph. Inputs: `weights` [W], `patches` [N,S,S,C], `targets` and `counts` [N,2], `dropout` [N,F].
 * Gives `loss` [], `gradient` [W], laid out as the weights, and `statistics`, laid out as the parameters' own.
 */
export const stepGraph = (graph: GraphBuilder, network: Network): Record<string, Value> => {
  const { blocks, side, channels, features: width, lastSide } = network
  const layout = layoutOf(network)
  const named = unpack(graph, graph.input('weights', [layout.weightCount]), layout.weights)
  const { last, way } = forth(graph, blocks, graph.input('patches', [-1, side, side, channels]), named)

  const dropout = graph.input('dropout', [-1, width])
  const targets = graph.input('targets', [-1, OUTPUTS])
  const counts = graph.input('counts', [-1, OUTPUTS])
  const node = (op: string, ...inputs: Value[]): Value => graph.node(op, inputs, FLOAT)
  const sum = (value: Value, axes: readonly number[]): Value => graph.node('Sum', [value, graph.integers(axes)], FLOAT_BY_AXIS)
  const features = node('Mul', graph.node('Mean', [last, graph.integers([1, 2])], FLOAT_BY_AXIS), dropout)
  const logits = node('AddV2', node('MatMul', features, named(HEAD_KERNEL)), named(HEAD_BIAS))
  // Source: the stable form of sigmoid cross-entropy, max(z,0) - z·t + log(1 + exp(-|z|)).
  const losses = node(
    'AddV2',
    node('Sub', node('Relu', logits), node('Mul', logits, targets)),
    node('Softplus', node('Neg', node('Abs', logits))),
  )
  const loss = sum(node('Mul', losses, counts), [0, 1])

  const slopes = new Map<string, Value>()
  const logitSlope = node('Mul', node('Sub', node('Sigmoid', logits), targets), counts)
  slopes.set(HEAD_KERNEL, graph.node('MatMul', [features, logitSlope], { ...FLOAT, transpose_a: { b: true } }))
  slopes.set(HEAD_BIAS, sum(logitSlope, [0]))
  const featureSlope = node('Mul', graph.node('MatMul', [logitSlope, named(HEAD_KERNEL)], { ...FLOAT, transpose_b: { b: true } }), dropout)
  // Each place of a feature map has its share in the mean.
  const placeSlope = node('Mul', featureSlope, graph.float(1 / lastSide ** 2))
  const corner = node('Reshape', placeSlope, graph.integers([-1, 1, 1, width]))
  back(graph, way, node('BroadcastTo', corner, node('Shape', last)), slopes)

  const gradient = layout.weights.map(({ name }) => {
    const found = slopes.get(name)
    if (found === undefined) throw new Error(`nothing leads back to ${name}`)
    return found
  })
  const statistics = way.flatMap(({ traces }) => traces.flatMap(({ norm }) => [`${norm}:1`, `${norm}:2`]))
  return { loss, gradient: join(graph, gradient), statistics: join(graph, statistics) }
}
