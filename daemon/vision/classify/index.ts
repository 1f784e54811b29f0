/**
 * Chooses the classifier's runtime. To add one: a file beside this that passes tests/classify/contract.ts, its name in
 * ClassifierKind, and a line in the table, which the compiler then asks for.
 */
import type { Classifier, ClassifierKind, ClassifierOptions } from './types.js'

const runtimes: Record<ClassifierKind, (options: ClassifierOptions) => Promise<Classifier>> = {
  onnx: async (options) => (await import('./onnx.js')).createOnnxClassifier(options),
  tfjs: async (options) => (await import('./tfjs.js')).createTfjsClassifier(options),
}

/** Loads model and runtime. Throws ClassifierError, whose message names the file or the package and the cure. */
export const createClassifier = (options: ClassifierOptions): Promise<Classifier> => runtimes[options.kind](options)

export { ClassifierError } from './errors.js'
