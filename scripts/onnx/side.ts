/** Makes a fully convolutional detector take pictures of another size; its grids shrink or grow with them. */
import { type OnnxGraph, OnnxModelError } from './model.js'

/**
 * The same graph for pictures of side × side.
 * @param graph takes [1, 1, rows, columns] and gives [1, places, values]
 * @param side a multiple of all strides together, so that paddings stay as they are
 * @throws OnnxModelError where it resizes values to a size of its own
 */
export const withSide = (graph: OnnxGraph, side: number): OnnxGraph => {
  if (graph.nodes.some(({ op }) => op === 'Resize'))
    throw new OnnxModelError('the graph resizes to a fixed size: it takes no other pictures')
  const [input] = graph.inputs
  const was = input?.dims[2]
  if (input === undefined || typeof was !== 'number') throw new OnnxModelError('the graph takes no pictures of a fixed size')
  const shapes = new Set(graph.nodes.filter(({ op }) => op === 'Reshape').map(({ inputs }) => inputs[1]))
  const places = (dim: number | string): number | string => (typeof dim === 'number' ? (dim * side ** 2) / was ** 2 : dim)
  return {
    ...graph,
    inputs: [{ name: input.name, dims: [1, 1, side, side] }],
    outputs: graph.outputs.map(({ name, dims: [batch = 1, count = 0, ...values] }) => ({ name, dims: [batch, places(count), ...values] })),
    initializers: graph.initializers.map((tensor) =>
      shapes.has(tensor.name)
        ? { ...tensor, data: BigInt64Array.from([...tensor.data].map((dim, at) => (at === 1 ? -1n : BigInt(dim)))) }
        : tensor,
    ),
  }
}
