/** The network's pass in TensorFlow, and one step's loss with its gradient. */
import tf from '@tensorflow/tfjs-node'
import type { Batch } from './batches.js'
import { inferGraph } from './graph/infer-graph.js'
import { openSession } from './graph/session.js'
import { stepGraph } from './graph/step-graph.js'
import { type Network, OUTPUTS } from './network.js'
import type { Parameters } from './parameters.js'

export type StepResult = {
  loss: number
  /** By the flat weights. */
  gradient: Float32Array
  /** Of this batch, laid out as the flat statistics. */
  statistics: Float32Array
}

export interface Forward {
  readonly network: Network
  /** Logits [N×2] of closed and visible by the stored statistics. `patches`: N normalised patches, one after another. */
  infer(parameters: Parameters, patches: Float32Array): Float32Array
  /** Loss (cross-entropy of each wanted probability, weighted and summed) and gradient on one batch. */
  step(parameters: Parameters, batch: Batch): StepResult
  close(): void
}

const vector = (values: Float32Array) => ({ values, shape: [values.length] })
const table = (values: Float32Array, columns: number) => ({ values, shape: [values.length / columns, columns] })

/** N gray patches as the network takes them; with three channels each pixel stands in all of them. */
const pictures = ({ side, channels }: Network, gray: Float32Array) => ({
  values: channels === 1 ? gray : Float32Array.from({ length: gray.length * channels }, (_, at) => gray[Math.floor(at / channels)] ?? 0),
  shape: [gray.length / side ** 2, side, side, channels],
})

const result = (found: Map<string, Float32Array>, name: string): Float32Array => {
  const values = found.get(name)
  if (values === undefined) throw new Error(`TensorFlow gave no ${name}`)
  return values
}

export const openForward = async (network: Network): Promise<Forward> => {
  const [stepping, inferring] = [
    await openSession((graph) => stepGraph(graph, network)),
    await openSession((graph) => inferGraph(graph, network)),
  ]
  return {
    network,
    infer: ({ weights, statistics }, patches) =>
      result(inferring.run({ weights: vector(weights), stored: vector(statistics), patches: pictures(network, patches) }), 'logits'),
    step({ weights }, { patches, targets, weights: counts, dropout }) {
      const found = stepping.run({
        weights: vector(weights),
        patches: pictures(network, patches),
        targets: table(targets, OUTPUTS),
        counts: table(counts, OUTPUTS),
        dropout: table(dropout, network.features),
      })
      const [loss] = result(found, 'loss')
      return { loss: loss ?? Number.NaN, gradient: result(found, 'gradient'), statistics: result(found, 'statistics') }
    },
    close() {
      stepping.close()
      inferring.close()
    },
  }
}

/** Tensors that TensorFlow holds; between steps there must be none. */
export const liveTensors = (): number => tf.memory().numTensors
