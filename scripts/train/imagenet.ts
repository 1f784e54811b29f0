/** Where a network's ImageNet weights come from: whoever laid out its layers as it has them. */
import type { Architecture, Network } from './network.js'
import type { Parameters } from './parameters.js'
import { pretrained } from './start.js'
import { pretrainedByGluon } from './start-gluon.js'

const isGluons = ({ kind }: Architecture): boolean => kind === 'expanding-mobilenet-v2'

/** Whose weights they are, in words. */
export const imagenetSource = (architecture: Architecture): string =>
  isGluons(architecture) ? 'GluonCV MobileNetV2 (Apache-2.0)' : 'Keras MobileNetV2 (Apache-2.0)'

/** Reads them from `<data>/weights`; `seed` draws what they do not hold. Throws when they are missing or do not fit. */
export const fromImagenet = (network: Network, data: string, seed: number): Parameters =>
  (isGluons(network) ? pretrainedByGluon : pretrained)(network, data, seed)
