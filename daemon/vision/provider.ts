/**
 * Whether the classifier's provider (`classifier.provider`) is still trusted. A GPU's libraries may crash or hang the whole vision process, and would
 * do so again at each start: after the first such end the CPU takes its place, until other settings come or the daemon is started again. Pure.
 */
import type { Config } from '../config/schema.js'
import type { VisionCode } from './codes.js'

type Settings = Pick<Config, 'camera' | 'locate' | 'classifier'>

export interface ProviderTrust {
  /** Why the CPU is taken in its place; null: it is not. */
  readonly why: string | null
  /** Other settings: it is trusted again. */
  renew(): void
  /** A vision process that ran with the settings ended. `code`: that of the error which it told, null where it crashed, hung or was killed. */
  ended(settings: Settings, why: string, code: VisionCode | null): void
  /** The settings for the next start. */
  settle(settings: Settings): Settings
}

export function createProviderTrust(): ProviderTrust {
  let distrust: string | null = null
  return {
    get why() {
      return distrust
    },
    renew() {
      distrust = null
    },
    ended({ classifier: { provider } }, why, code) {
      if (provider !== 'cpu' && (code === null || code === 'run-failed')) distrust ??= `with ${provider} it came to this: ${why}`
    },
    settle: (settings) => (distrust === null ? settings : { ...settings, classifier: { ...settings.classifier, provider: 'cpu' } }),
  }
}
