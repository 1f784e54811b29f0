/** Writes the golden samples of the shipped models, by which each proves itself at every start of the daemon. */
import { rmSync, writeFileSync } from 'node:fs'
import { goldenOf } from '../../daemon/vision/classify/golden.js'
import { createClassifier } from '../../daemon/vision/classify/index.js'
import { goldenFile, shippedModel } from '../../daemon/vision/models.js'
import { sha256Of } from '../../daemon/vision/sha256.js'

/** Asks the ONNX model, whose network the other is too: tests/classify holds both runtimes to the same numbers. */
export const writeGolden = async (): Promise<void> => {
  const model = shippedModel('onnx')
  // The old ones would refuse the new model before it can say what it gives.
  rmSync(goldenFile(model), { force: true })
  const classifier = await createClassifier({ kind: 'onnx', model })
  const golden = await goldenOf(classifier, model)
  await classifier.close()
  for (const file of [model, shippedModel('tfjs')]) {
    writeFileSync(goldenFile(file), `${JSON.stringify({ ...golden, sha256: await sha256Of(file) })}\n`)
    console.log(`wrote ${goldenFile(file)}`)
  }
}
