/** The speed as told on a topic. */
import type { LinkConfig } from '../fleet/index.js'
import { speedIn } from './messages.js'
import { createTeller } from './once.js'
import { subscribeTo } from './subscription.js'
import type { Input, Surroundings } from './types.js'

export type SpeedTopic = { topic: string; staleSeconds: number }

/** km/h; unknown when nothing has been told for `staleSeconds`. A retained message is of unknown age and is not used. */
export const createMqttSpeed = (
  { topic, staleSeconds }: SpeedTopic,
  broker: LinkConfig,
  clientId: string,
  { log, now }: Surroundings,
): Input<number> => {
  let told: { kmh: number; atMs: number } | null = null
  const teller = createTeller(
    (message) => log.warn(message),
    (message) => log.debug(message),
  )
  const subscription = subscribeTo({
    name: 'speed',
    broker,
    clientId,
    topic,
    log,
    onMessage(text, retained) {
      if (retained) return
      const kmh = speedIn(text)
      if (kmh === null) {
        teller.fault(`What is told on ${topic} is no speed; it must be a number or {"speedKmh": number}, from 0 to 300 km/h.`)
        return
      }
      teller.well()
      told = { kmh, atMs: now() }
    },
    // What was told a moment ago still holds for a moment: it grows stale by itself.
    onLost: () => undefined,
  })
  return {
    read: (nowMs) => (told !== null && nowMs - told.atMs <= staleSeconds * 1000 ? told.kmh : null),
    async close() {
      told = null
      await subscription.close()
    },
  }
}
