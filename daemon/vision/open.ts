/** Builds the chain from the configuration: the one place in which a locator and a classifier meet. */
import type { Config } from '../config/schema.js'
import { type Chain, createChain } from './chain.js'
import { createClassifier } from './classify/index.js'
import { createLocator } from './locate/index.js'
import { modelOf, shippedModels } from './models.js'

/**
 * @throws LocatorError, ClassifierError when a model is missing or is not what it should be
 */
export async function openChain(config: Pick<Config, 'locate' | 'classifier'>): Promise<Chain> {
  const classifier = await createClassifier({ kind: config.classifier.kind, model: modelOf(config.classifier) })
  const locator = await createLocator({ ...config.locate, modelsDir: config.locate.modelsDir ?? shippedModels() })
  return createChain(locator, classifier)
}
