/** The eye-state model on ONNX Runtime: the default, and the faster one. */
import { access, constants } from 'node:fs/promises'
import type * as Ort from 'onnxruntime-node'
import { firstLine } from '../../reason-of.js'
import { onnxRuntime } from '../onnxruntime.js'
import { checkSums } from './checksum.js'
import { ClassifierError } from './errors.js'
import { INPUT_SIDE } from './normalise.js'
import { packPatches, toStates } from './patches.js'
import type { Classifier, ClassifierOptions, Provider } from './types.js'

const INPUT = 'patch'
const OUTPUTS = ['closed', 'visible'] as const
const WANTED = `one input "${INPUT}" [N, 1, ${INPUT_SIDE}, ${INPUT_SIDE}] and two outputs "${OUTPUTS.join('", "')}" [N]`

const loadRuntime = async (): Promise<typeof Ort> => {
  try {
    return await onnxRuntime()
  } catch (cause) {
    throw new ClassifierError(
      'runtime-missing',
      `the package onnxruntime-node, which runs the eye-state model, does not load (${firstLine(cause)}); run scripts/setup`,
      cause,
    )
  }
}

const describe = (values: readonly Ort.InferenceSession.ValueMetadata[]): string =>
  values.map((value) => `"${value.name}"${value.isTensor ? ` [${value.shape.join(', ')}]` : ''}`).join(', ')

/** Throws when the session's inputs and outputs are not those of an eye-state model. */
const checkShape = (session: Ort.InferenceSession, model: string): void => {
  const [input] = session.inputMetadata
  const fits =
    session.inputMetadata.length === 1 &&
    input?.name === INPUT &&
    input.isTensor &&
    input.type === 'float32' &&
    input.shape.slice(1).join() === `1,${INPUT_SIDE},${INPUT_SIDE}` &&
    session.outputNames.join() === OUTPUTS.join()
  if (fits) return
  throw new ClassifierError(
    'model-invalid',
    `${model} is an ONNX model, but not an eye-state model: it has inputs ${describe(session.inputMetadata)} and outputs ` +
      `${describe(session.outputMetadata)}; wanted: ${WANTED}`,
  )
}

const missing = (provider: Provider, why: string, cause?: unknown) =>
  new ClassifierError(
    'provider-missing',
    `ONNX Runtime cannot run the eye-state model with ${provider} here (${why}); set classifier.provider to cpu, or install an ONNX Runtime built for ${provider}`,
    cause,
  )

/** A name that the runtime was not built with it drops in silence: it is asked first. One whose libraries do not load fails when a session is made. */
const openSession = async ({ InferenceSession, listSupportedBackends }: typeof Ort, model: string, threads: number, provider: Provider) => {
  const built = listSupportedBackends().map(({ name }) => name)
  if (!built.includes(provider)) throw missing(provider, `it was built with ${built.join(', ')}`)
  const executionProviders = provider === 'cpu' ? ['cpu'] : [provider, 'cpu']
  const options = { intraOpNumThreads: threads, interOpNumThreads: 1, executionProviders, logSeverityLevel: 3 } as const
  return InferenceSession.create(model, options).catch((cause: unknown) => {
    if (provider !== 'cpu') throw missing(provider, firstLine(cause), cause)
    throw new ClassifierError('model-invalid', `${model} is not an ONNX model that ONNX Runtime can read (${firstLine(cause)})`, cause)
  })
}

/** Loads the model. Throws ClassifierError `model-missing`, `model-damaged`, `model-invalid`, `runtime-missing` or `provider-missing`. */
export const createOnnxClassifier = async ({ model, threads = 1, provider = 'cpu' }: ClassifierOptions): Promise<Classifier> => {
  await access(model, constants.R_OK).catch((cause: unknown) => {
    throw new ClassifierError('model-missing', `the eye-state model ${model} cannot be read (${firstLine(cause)})`, cause)
  })
  await checkSums(model)
  const runtime = await loadRuntime()
  const session = await openSession(runtime, model, threads, provider)
  const { Tensor } = runtime
  checkShape(session, model)

  // What a frame brings is one eye or two: their inputs are made once. One call at a time.
  const inputFor = (count: number) => {
    const packed = new Float32Array(count * INPUT_SIDE ** 2)
    return { packed, feeds: { [INPUT]: new Tensor('float32', packed, [count, 1, INPUT_SIDE, INPUT_SIDE]) } }
  }
  const kept = [inputFor(1), inputFor(2)]

  return {
    name: 'onnx',
    inputSize: INPUT_SIDE,
    async classify(patches) {
      if (patches.length === 0) return []
      const { packed, feeds } = kept[patches.length - 1] ?? inputFor(patches.length)
      packPatches(patches, packed)
      const outputs = await session.run(feeds).catch((cause: unknown) => {
        throw new ClassifierError('run-failed', `ONNX Runtime failed on the eye patches (${firstLine(cause)})`, cause)
      })
      const [closed, visible] = OUTPUTS.map((name) => outputs[name]?.data)
      const numbers = (data: unknown): Float32Array => (data instanceof Float32Array ? data : new Float32Array())
      return toStates(numbers(closed), numbers(visible), patches.length)
    },
    close: () => session.release(),
  }
}
