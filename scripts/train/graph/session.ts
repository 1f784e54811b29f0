/** Runs a graph in TensorFlow: numbers in, numbers out. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tf, { type Tensor } from '@tensorflow/tfjs-node'
import { type GraphBuilder, graphBuilder, type Value } from './builder.js'

/** A tensor's numbers and its shape. */
export type Numbers = { values: Float32Array; shape: readonly number[] }

export interface Session {
  /** The named results for these inputs. Throws TensorFlow's own message when shapes do not fit. */
  run(inputs: Readonly<Record<string, Numbers>>): Map<string, Float32Array>
  close(): void
}

/** Has TensorFlow load what `describe` builds. It takes a model from a folder only, so there is one for that moment. */
export const openSession = async (describe: (graph: GraphBuilder) => Record<string, Value>): Promise<Session> => {
  const graph = graphBuilder()
  const results = describe(graph)
  const folder = mkdtempSync(join(tmpdir(), 'kantukd-graph-'))
  graph.save(folder, results)
  const model = await tf.node.loadSavedModel(folder)
  rmSync(folder, { recursive: true })
  return {
    run(inputs) {
      const found = new Map<string, Float32Array>()
      // Nothing is returned out of tidy: tfjs would look through every element of the arrays for tensors (300 ms).
      tf.tidy(() => {
        const given = Object.entries(inputs).map(([name, { values, shape }]): [string, Tensor] => [name, tf.tensor(values, shape)])
        const outputs = model.predict(Object.fromEntries(given))
        for (const [name, tensor] of Object.entries(outputs)) found.set(name, tensor.dataSync())
      })
      return found
    },
    close: () => model.dispose(),
  }
}
