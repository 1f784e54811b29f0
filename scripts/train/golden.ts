/** Writes the golden samples of the shipped models, by which each proves itself at every start of the daemon. */
import { writeFileSync } from 'node:fs'
import { goldenOf } from '../../daemon/vision/classify/golden.js'
import { createOnnxClassifier } from '../../daemon/vision/classify/onnx.js'
import { goldenFile, shippedModel } from '../../daemon/vision/models.js'
import { sha256Of } from '../../daemon/vision/sha256.js'

/**
 * Asks the ONNX model, whose network the other is too: tests/classify holds both runtimes to the same numbers. The runtime is opened without the
 * daemon's proof, which would refuse a new model by the samples of the one before, or for want of any.
 */
export const writeGolden = async (onnx = shippedModel('onnx'), tfjs = shippedModel('tfjs')): Promise<void> => {
  const classifier = await createOnnxClassifier({ kind: 'onnx', model: onnx })
  const golden = await goldenOf(classifier, onnx)
  await classifier.close()
  for (const file of [onnx, tfjs]) {
    writeFileSync(goldenFile(file), `${JSON.stringify({ ...golden, sha256: await sha256Of(file) })}\n`)
    console.log(`wrote ${goldenFile(file)}`)
  }
}
