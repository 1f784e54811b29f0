/** The same model on TensorFlow, through @tensorflow/tfjs-node: optional, slower, and what the model was trained with. */
import { access, constants } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { LayersModel, Tf } from '@tensorflow/tfjs-node'
import { firstLine } from '../../reason-of.js'
import { checkSums } from './checksum.js'
import { ClassifierError } from './errors.js'
import { INPUT_SIDE } from './normalise.js'
import { packPatches, toStates } from './patches.js'
import type { Classifier, ClassifierOptions } from './types.js'

// Source: tfjs-node 4.22 calls util.isNullOrUndefined and others, which Node 23 removed.
const FIRST_NODE_WITHOUT = 23

/** Loads the package on first use: it maps 850 MB of libraries, and most vehicles do not have it. */
const loadRuntime = (): Tf => {
  if (Number(process.versions.node.split('.')[0]) >= FIRST_NODE_WITHOUT) {
    throw new ClassifierError(
      'runtime-missing',
      `@tensorflow/tfjs-node does not work on Node ${process.versions.node}: use Node 20 or 22, or classifier kind onnx`,
    )
  }
  // TensorFlow greets on stderr with the processor's features.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  try {
    // Not import(): the package marks itself as a module, and loaders differ in what they then take for its default.
    const tf: Tf = createRequire(import.meta.url)('@tensorflow/tfjs-node')
    return tf
  } catch (cause) {
    throw new ClassifierError(
      'runtime-missing',
      `the optional package @tensorflow/tfjs-node is not here (${firstLine(cause)}); use classifier kind onnx, or set it up in a checkout: scripts/setup-tfjs`,
      cause,
    )
  }
}

const shapeOf = (values: LayersModel['inputs']): string =>
  values.map(({ shape }) => `[${shape.map((dim) => dim ?? 'N').join(', ')}]`).join(', ')

/** Loads the model. Throws ClassifierError `model-missing`, `model-damaged`, `model-invalid` or `runtime-missing`. */
export const createTfjsClassifier = async ({ model }: ClassifierOptions): Promise<Classifier> => {
  await access(model, constants.R_OK).catch((cause: unknown) => {
    // Where the runtime was left out, its model was too: what is to be cured is the former.
    loadRuntime()
    throw new ClassifierError('model-missing', `the eye-state model ${model} cannot be read (${firstLine(cause)})`, cause)
  })
  await checkSums(model)
  const tf = loadRuntime()
  await tf.ready()
  const network = await tf.loadLayersModel(pathToFileURL(resolve(model)).href).catch((cause: unknown) => {
    throw new ClassifierError('model-invalid', `${model} is not a tfjs LayersModel with its weights beside it (${firstLine(cause)})`, cause)
  })
  if (shapeOf(network.inputs) !== `[N, ${INPUT_SIDE}, ${INPUT_SIDE}, 1]` || shapeOf(network.outputs) !== '[N, 2]') {
    const found = `takes ${shapeOf(network.inputs)} and gives ${shapeOf(network.outputs)}`
    network.dispose()
    throw new ClassifierError(
      'model-invalid',
      `${model} is a tfjs model, but not an eye-state model: it ${found}; wanted: [N, ${INPUT_SIDE}, ${INPUT_SIDE}, 1] and [N, 2]`,
    )
  }

  return {
    name: 'tfjs',
    inputSize: INPUT_SIDE,
    async classify(patches) {
      if (patches.length === 0) return []
      const packed = packPatches(patches)
      const probabilities = tf.tidy(() => {
        const output = network.predict(tf.tensor4d(packed, [patches.length, INPUT_SIDE, INPUT_SIDE, 1]))
        return (Array.isArray(output) ? output[0] : output)?.dataSync() ?? new Float32Array()
      })
      const column = (first: number): Float32Array => probabilities.filter((_, at) => at % 2 === first)
      return toStates(column(0), column(1), patches.length)
    },
    async close() {
      network.dispose()
    },
  }
}
