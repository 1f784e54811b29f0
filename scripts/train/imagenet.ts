/** Where a network's ImageNet weights come from: whoever laid out its layers as it has them. */
import type { Architecture, Network } from './network.js'
import type { Parameters } from './parameters.js'
import { pretrained } from './start.js'
import { pretrainedByGluon } from './start-gluon.js'

/** Whose weights they are, in words. */
export const imagenetSource = ({ kind }: Architecture): string =>
  kind === 'expanding-mobilenet-v2' ? 'GluonCV MobileNetV2 (Apache-2.0)' : 'Keras MobileNetV2 (Apache-2.0)'

/** Reads them from `<data>/weights`; `seed` draws what they do not hold. Throws when they are missing or do not fit. */
export const fromImagenet = (network: Network, data: string, seed: number): Parameters =>
  (network.kind === 'expanding-mobilenet-v2' ? pretrainedByGluon : pretrained)(network, data, seed)
