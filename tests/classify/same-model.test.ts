/** The ONNX file and the tfjs files are the same network: checked in plain JavaScript, so that it runs without tfjs-node. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Tf } from '@tensorflow/tfjs-node'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { closedEye, drawnPatches, openEye, SIDE } from '../../daemon/vision/classify/drawn.js'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { packPatches } from '../../daemon/vision/classify/patches.js'
import { decodeGray } from '../../scripts/train/data/pictures.js'
import { readTar } from '../../scripts/train/data/tar.js'
import { dataFile } from '../data.js'
import { isTfjsNodeSetUp } from '../tfjs-node.js'
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

/** Every gaze and every droop between wide apart ones. */
const manyDrawn = () => Array.from({ length: 24 }, (_, at) => (at % 2 === 0 ? openEye(at / 2 - 6) : closedEye(at / 2 - 2)))

describe('the shipped model', () => {
  it.skipIf(tf === null)('answers within 0.0001 the same as ONNX and as a tfjs LayersModel', { timeout: 60_000 }, async () => {
    if (tf === null) return
    const { modelTopology, weightsManifest } = saved.parse(JSON.parse(readFileSync(TFJS_MODEL, 'utf8')))
    const [{ paths, weights }] = weightsManifest
    const bytes = new Uint8Array(readFileSync(join(dirname(TFJS_MODEL), paths[0])))
    const network = await tf.loadLayersModel({
      load: async () => ({ modelTopology, weightSpecs: weights, weightData: bytes.buffer }),
    })
    const patches = [...drawnPatches(), ...manyDrawn()]
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

  const archive = dataFile('mrl-eye', 's0036.tar')

  it.skipIf(archive === null || !isTfjsNodeSetUp('the shipped model on 1,000 real crops'))(
    "answers within 0.0001 the same on 1,000 crops of MRL, by the daemon's own two classifiers",
    { timeout: 120_000 },
    async () => {
      const entries = readTar(readFileSync(archive ?? '')).slice(0, 1000)
      const crops = entries.map(({ data }) => ({
        width: SIDE,
        height: SIDE,
        data: decodeGray(data, [{ side: SIDE, share: 1 }])[0] ?? new Uint8Array(),
      }))
      expect(crops).toHaveLength(1000)
      const [onnx, tfjs] = await Promise.all([
        createClassifier({ kind: 'onnx', model: ONNX_MODEL }),
        createClassifier({ kind: 'tfjs', model: TFJS_MODEL }),
      ])
      for (let start = 0; start < crops.length; start += 100) {
        const part = crops.slice(start, start + 100)
        const [ours, other] = [await onnx.classify(part), await tfjs.classify(part)]
        ours.forEach(({ closed, visible }, at) => {
          expect(Math.abs(closed - (other[at]?.closed ?? Number.NaN))).toBeLessThan(1e-4)
          expect(Math.abs(visible - (other[at]?.visible ?? Number.NaN))).toBeLessThan(1e-4)
        })
      }
      await Promise.all([onnx.close(), tfjs.close()])
    },
  )
})
