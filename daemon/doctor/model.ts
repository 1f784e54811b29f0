/** Whether the eye-state model and the face detectors are those that were shipped, and how fast the former is on this board. */
import { codedSentence } from '../coded.js'
import type { Config } from '../config/index.js'
import { ClassifierError, createClassifier, farthestOff, isOfProvider } from '../vision/classify/index.js'
import type { Classifier } from '../vision/classify/types.js'
import { LocatorError } from '../vision/locate/errors.js'
import { createLocator } from '../vision/locate/index.js'
import { modelOf, shippedModels } from '../vision/models.js'
import { type Check, type Diagnosis, fail, pass, warn } from './types.js'

const RUNS = 50
// Own: two eyes in half the time of a frame at 15 frames a second leave the other half for finding them.
const SLOW_MS = 30

/** Median over some runs of two patches, ms. */
async function speedMs(classifier: Classifier): Promise<number> {
  const side = classifier.inputSize
  const patch = { width: side, height: side, data: Uint8Array.from({ length: side * side }, (_, at) => (at * 37) % 256) }
  const times: number[] = []
  for (let i = 0; i < RUNS; i++) {
    const startedMs = performance.now()
    await classifier.classify([patch, patch])
    times.push(performance.now() - startedMs)
  }
  return times.sort((a, b) => a - b)[RUNS / 2] ?? Number.NaN
}

async function diagnose(classifier: Classifier, file: string): Promise<Diagnosis> {
  const ms = await speedMs(classifier)
  const off = await farthestOff(classifier, file)
  // Seven digits are what a single-precision probability has.
  const proven = off === null ? '' : `, off by at most ${off.toFixed(7)} from where it was made`
  const found = `${file} is whole${proven}, and judges two eyes in ${ms.toFixed(1)} ms`
  return ms > SLOW_MS ? warn('model', 'model-slow', found, 'what else runs here?  top') : pass('model', found)
}

async function diagnoseDetectors(modelsDir: string | null): Promise<Diagnosis[]> {
  const folder = modelsDir ?? shippedModels()
  try {
    await (await createLocator({ modelsDir: folder })).close()
    return [pass('model', `the face detectors in ${folder} are whole`)]
  } catch (fault) {
    if (fault instanceof LocatorError)
      return [fail('model', 'model-unusable', codedSentence(fault), 'correct locate.modelsDir, or install kantukd again')]
    throw fault
  }
}

async function diagnoseClassifier(chosen: Config['classifier']): Promise<Diagnosis[]> {
  const file = modelOf(chosen)
  try {
    const classifier = await createClassifier({ ...chosen, model: file })
    try {
      return [await diagnose(classifier, file)]
    } finally {
      await classifier.close()
    }
  } catch (fault) {
    if (isOfProvider(fault, chosen.provider))
      return [
        warn(
          'model',
          'model-on-cpu',
          `classifier.provider is ${chosen.provider}, and the CPU is used in its place: ${codedSentence(fault)}`,
          `set classifier.provider to cpu, or install an ONNX Runtime built for ${chosen.provider}`,
        ),
        ...(await diagnoseClassifier({ ...chosen, provider: 'cpu' })),
      ]
    if (fault instanceof ClassifierError)
      return [fail('model', 'model-unusable', codedSentence(fault), 'correct classifier.model, or install kantukd again')]
    throw fault
  }
}

export const model: Check = async ({ config: { classifier, locate } }) => [
  ...(await diagnoseClassifier(classifier)),
  ...(await diagnoseDetectors(locate.modelsDir)),
]
