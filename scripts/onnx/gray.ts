/** Makes a network that takes red, green, blue take one gray plane: on a gray picture it gives the same. */
import { type OnnxGraph, OnnxModelError } from './model.js'

/**
 * The same graph with an input of [1, 1, rows, columns] instead of [1, rows, columns, 3].
 * @throws OnnxModelError where the input does not go, turned, into one convolution
 */
export const onGray = (graph: OnnxGraph): OnnxGraph => {
  const [input] = graph.inputs
  const turned = graph.nodes.find(({ op, inputs }) => op === 'Transpose' && inputs[0] === input?.name)
  const first = graph.nodes.find(({ op, inputs }) => op === 'Conv' && inputs[0] === turned?.outputs[0])
  const weights = graph.initializers.find(({ name }) => name === first?.inputs[1])
  if (input === undefined || turned === undefined || first === undefined || !(weights?.data instanceof Float32Array)) {
    throw new OnnxModelError('the input is not turned and convolved: this is not a detector that takes pictures')
  }
  const [outer = 0, inner = 0, rows = 0, columns = 0] = weights.dims
  const [, height = 0, width = 0] = input.dims
  const { data } = weights
  const sums = new Float32Array(outer * rows * columns)
  for (let output = 0; output < outer; output++) {
    for (let channel = 0; channel < inner; channel++) {
      for (let place = 0; place < rows * columns; place++) {
        const at = output * rows * columns + place
        sums[at] = (sums[at] ?? 0) + (data[(output * inner + channel) * rows * columns + place] ?? 0)
      }
    }
  }
  return {
    ...graph,
    inputs: [{ name: input.name, dims: [1, 1, height, width] }],
    initializers: graph.initializers.map((tensor) =>
      tensor === weights ? { name: tensor.name, dims: [outer, 1, rows, columns], data: sums } : tensor,
    ),
    nodes: graph.nodes
      .filter((node) => node !== turned)
      .map((node) => (node === first ? { ...node, inputs: [input.name, ...node.inputs.slice(1)] } : node)),
  }
}
