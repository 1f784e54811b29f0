/** The ONNX file and the tfjs files are the same network: checked in plain JavaScript, so that it runs without tfjs-node. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Tf } from '@tensorflow/tfjs-node'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { packPatches } from '../../daemon/vision/classify/patches.js'
import { drawnPatches, SIDE } from './drawn.js'
import { ONNX_MODEL, TFJS_MODEL } from './models.js'

const saved = z.object({
  modelTopology: z.unknown(),
  weightsManifest: z.tuple([z.object({ paths: z.tuple([z.string()]), weights: z.array(z.unknown()) })]),
})

/** tfjs without native code; it is installed together with tfjs-node and works without its addon. */
const plainTfjs = (): Tf | null => {
  try {
    const tf: Tf = createRequire(import.meta.url)('@tensorflow/tfjs')
    return tf
  } catch {
    console.warn('SKIPPED: @tensorflow/tfjs is not installed (it comes with the optional package @tensorflow/tfjs-node)')
    return null
  }
}

const tf = plainTfjs()

describe('the shipped model', () => {
  it.skipIf(tf === null)('answers within 0.0001 the same as ONNX and as a tfjs LayersModel', { timeout: 60_000 }, async () => {
    if (tf === null) return
    const { modelTopology, weightsManifest } = saved.parse(JSON.parse(readFileSync(TFJS_MODEL, 'utf8')))
    const [{ paths, weights }] = weightsManifest
    const bytes = new Uint8Array(readFileSync(join(dirname(TFJS_MODEL), paths[0])))
    const network = await tf.loadLayersModel({
      load: async () => ({ modelTopology, weightSpecs: weights, weightData: bytes.buffer }),
    })
    const patches = drawnPatches()
    const output = network.predict(tf.tensor4d(packPatches(patches), [patches.length, SIDE, SIDE, 1]))
    const plain = Array.isArray(output) ? [] : await output.data()
    const classifier = await createClassifier({ kind: 'onnx', model: ONNX_MODEL })
    const states = await classifier.classify(patches)
    await classifier.close()
    expect(plain).toHaveLength(2 * states.length)
    const given = states.flatMap(({ closed, visible }) => [closed, visible])
    given.forEach((value, index) => {
      expect(Math.abs(value - (plain[index] ?? Number.NaN))).toBeLessThan(1e-4)
    })
  })
})
