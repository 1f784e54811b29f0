/** The driver as told on a topic: by a card reader, or whoever knows. */
import type { LinkConfig } from '../fleet/index.js'
import { driverIn } from './messages.js'
import { createTeller } from './once.js'
import { subscribeTo } from './subscription.js'
import type { Input, Surroundings } from './types.js'

/** Who was told last, a retained message included; unknown after `staleSeconds`, and when nobody is told. */
export const createMqttDriver = (
  { topic, staleSeconds }: { topic: string; staleSeconds: number },
  broker: LinkConfig,
  clientId: string,
  { log, now }: Surroundings,
): Input<string> => {
  let told: { driver: string; atMs: number } | null = null
  const teller = createTeller(
    (message) => log.warn(message),
    (message) => log.debug(message),
  )
  const subscription = subscribeTo({
    name: 'driver',
    broker,
    clientId,
    topic,
    log,
    onMessage(text) {
      const heard = driverIn(text)
      if (heard === null) {
        teller.fault(
          `What is told on ${topic} is no driver; it must be 1 to 64 letters, digits, spaces or . _ : @ / -, or empty for nobody.`,
        )
        return
      }
      teller.well()
      told = heard.driver === null ? null : { driver: heard.driver, atMs: now() }
    },
    // A driver does not change because a broker goes.
    onLost: () => undefined,
  })
  return {
    read: (nowMs) => (told !== null && nowMs - told.atMs <= staleSeconds * 1000 ? told.driver : null),
    async close() {
      told = null
      await subscription.close()
    },
  }
}
