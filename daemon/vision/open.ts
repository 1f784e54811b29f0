/** Builds the chain from the configuration: the one place in which a locator and a classifier meet. */
import type { Config } from '../config/schema.js'
import { type Chain, createChain } from './chain.js'
import { ClassifierError, createClassifier } from './classify/index.js'
import type { ClassifierKind } from './classify/types.js'
import { createLocator } from './locate/index.js'
import { modelOf, shippedModels } from './models.js'
import type { Stage } from './patience.js'
import { createRecordedChain } from './recorded.js'

/** What the daemon watches with: the configured model, or the shipped one and why. */
export type Watching = { chain: Chain; classifier: ClassifierKind | 'recorded observations'; instead: string | null }

/** Is told what begins, and waited for. */
type Progress = (stage: Stage) => Promise<void>

/**
 * As `openChain`; where the configured model cannot be used, the one that came with the program takes its place.
 * @throws LocatorError, ClassifierError when that cannot be used either; RecordedError when recorded observations cannot
 */
export async function openWatching(config: Pick<Config, 'locate' | 'classifier'>, onStage?: Progress): Promise<Watching> {
  if (config.locate.recorded !== null) {
    return { chain: createRecordedChain(config.locate.recorded), classifier: 'recorded observations', instead: null }
  }
  const shipped: Config['classifier'] = { ...config.classifier, kind: 'onnx', model: null }
  try {
    return { chain: await openChain(config, onStage), classifier: config.classifier.kind, instead: null }
  } catch (fault) {
    if (!(fault instanceof ClassifierError) || modelOf(config.classifier) === modelOf(shipped)) throw fault
    return { chain: await openChain({ ...config, classifier: shipped }, onStage), classifier: shipped.kind, instead: fault.message }
  }
}

/**
 * @throws LocatorError, ClassifierError when a model is missing or is not what it should be
 */
export async function openChain(config: Pick<Config, 'locate' | 'classifier'>, onStage?: Progress): Promise<Chain> {
  await onStage?.('loading the eye-state model')
  const classifier = await createClassifier({ kind: config.classifier.kind, model: modelOf(config.classifier) })
  await onStage?.('loading the face detectors')
  const locator = await createLocator({ ...config.locate, modelsDir: config.locate.modelsDir ?? shippedModels() })
  return createChain(locator, classifier)
}
