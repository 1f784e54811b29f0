/** Builds the chain from the configuration: the one place in which a locator and a classifier meet. */
import type { Config } from '../config/schema.js'
import { reasonOf } from '../reason-of.js'
import { type Chain, createChain } from './chain.js'
import { ClassifierError, createClassifier, isOfProvider } from './classify/index.js'
import type { ClassifierKind } from './classify/types.js'
import { LocatorError } from './locate/errors.js'
import { createLocator } from './locate/index.js'
import { modelOf, shippedModels } from './models.js'
import type { Stage } from './patience.js'
import { createRecordedChain } from './recorded.js'

/** What the daemon watches with: the configured models, or shipped ones and why; `onCpu`: why the classifier runs on the CPU where another provider was asked for, null where it does as asked. */
export type Watching = {
  chain: Chain
  classifier: ClassifierKind | 'recorded observations'
  instead: string | null
  onCpu: string | null
}

/** Is told what begins, and waited for. */
type Progress = (stage: Stage) => Promise<void>

type Models = Pick<Config, 'locate' | 'classifier'>

/** The same with the models that came with the program where the fault lies with others; null where it does not. */
function withShipped({ locate, classifier }: Models, fault: unknown): Models | null {
  const shipped: Config['classifier'] = { ...classifier, kind: 'onnx', model: null }
  if (fault instanceof ClassifierError && modelOf(classifier) !== modelOf(shipped)) return { locate, classifier: shipped }
  if (fault instanceof LocatorError && locate.modelsDir !== null) return { locate: { ...locate, modelsDir: null }, classifier }
  return null
}

/**
 * As `openChain`; where the configured models cannot be used, those that came with the program take their place, and the CPU that of a provider.
 * @throws LocatorError, ClassifierError when these cannot be used either; RecordedError when recorded observations cannot
 */
export async function openWatching(config: Models, onStage?: Progress): Promise<Watching> {
  if (config.locate.recorded !== null) {
    return { chain: createRecordedChain(config.locate.recorded), classifier: 'recorded observations', instead: null, onCpu: null }
  }
  let tried: Models = config
  const whys: string[] = []
  let onCpu: string | null = null
  for (;;) {
    try {
      const chain = await openChain(tried, onStage)
      return { chain, classifier: tried.classifier.kind, instead: whys.length === 0 ? null : whys.join('; '), onCpu }
    } catch (fault) {
      if (isOfProvider(fault, tried.classifier.provider)) {
        onCpu = reasonOf(fault)
        tried = { ...tried, classifier: { ...tried.classifier, provider: 'cpu' } }
        continue
      }
      const next = withShipped(tried, fault)
      if (next === null) throw fault
      whys.push(reasonOf(fault))
      tried = next
    }
  }
}

/**
 * @throws LocatorError, ClassifierError when a model is missing or is not what it should be
 */
export async function openChain(config: Models, onStage?: Progress): Promise<Chain> {
  await onStage?.('loading the eye-state model')
  const classifier = await createClassifier({ ...config.classifier, model: modelOf(config.classifier) })
  await onStage?.('loading the face detectors')
  const locator = await createLocator({ ...config.locate, modelsDir: config.locate.modelsDir ?? shippedModels() })
  return createChain(locator, classifier)
}
