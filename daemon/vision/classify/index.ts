/**
 * Chooses the classifier's runtime. To add one: a file beside this that passes tests/classify/contract.ts, its name in
 * ClassifierKind, and a line in the table, which the compiler then asks for.
 */
import { prove } from './golden.js'
import type { Classifier, ClassifierKind, ClassifierOptions } from './types.js'

const runtimes: Record<ClassifierKind, (options: ClassifierOptions) => Promise<Classifier>> = {
  onnx: async (options) => (await import('./onnx.js')).createOnnxClassifier(options),
  tfjs: async (options) => (await import('./tfjs.js')).createTfjsClassifier(options),
}

/** Loads model and runtime, and lets the model prove itself. Throws ClassifierError, whose message names the file or the package and the cure. */
export const createClassifier = async (options: ClassifierOptions): Promise<Classifier> => {
  const classifier = await runtimes[options.kind](options)
  try {
    await prove(classifier, options.model)
  } catch (fault) {
    await classifier.close()
    throw fault
  }
  return classifier
}

export { ClassifierError, isOfProvider } from './errors.js'
export { farthestOff } from './golden.js'
