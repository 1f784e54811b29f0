/** The network's pass in TensorFlow, and one step's loss with its gradient. */
import tf from '@tensorflow/tfjs-node'
import type { Batch } from './batches.js'
import { inferGraph } from './graph/infer-graph.js'
import { openSession } from './graph/session.js'
import { stepGraph } from './graph/step-graph.js'
import { BLOCKS, INPUT_SIDE, OUTPUTS } from './network.js'
import { LAYOUT, type Parameters } from './parameters.js'

const SHAPE = { blocks: BLOCKS, layout: LAYOUT, side: INPUT_SIDE, channels: 1 }

export type StepResult = {
  loss: number
  /** By the flat weights. */
  gradient: Float32Array
  /** Of this batch, laid out as the flat statistics. */
  statistics: Float32Array
}

export interface Forward {
  /** Logits [N×2] of closed and visible by the stored statistics. `patches`: N normalised patches, one after another. */
  infer(parameters: Parameters, patches: Float32Array): Float32Array
  /** Loss (cross-entropy of each wanted probability, weighted and summed) and gradient on one batch. */
  step(parameters: Parameters, batch: Batch): StepResult
  close(): void
}

const vector = (values: Float32Array) => ({ values, shape: [values.length] })
const table = (values: Float32Array, columns: number) => ({ values, shape: [values.length / columns, columns] })
const pictures = (values: Float32Array) => ({ values, shape: [values.length / INPUT_SIDE ** 2, INPUT_SIDE, INPUT_SIDE, 1] })

const result = (found: Map<string, Float32Array>, name: string): Float32Array => {
  const values = found.get(name)
  if (values === undefined) throw new Error(`TensorFlow gave no ${name}`)
  return values
}

export const openForward = async (): Promise<Forward> => {
  const [stepping, inferring] = [
    await openSession((graph) => stepGraph(graph, SHAPE)),
    await openSession((graph) => inferGraph(graph, SHAPE)),
  ]
  return {
    infer: ({ weights, statistics }, patches) =>
      result(inferring.run({ weights: vector(weights), stored: vector(statistics), patches: pictures(patches) }), 'logits'),
    step({ weights }, { patches, targets, weights: counts, dropout }) {
      const found = stepping.run({
        weights: vector(weights),
        patches: pictures(patches),
        targets: table(targets, OUTPUTS),
        counts: table(counts, OUTPUTS),
        dropout: table(dropout, LAYOUT.features),
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
