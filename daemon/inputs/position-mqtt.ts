/** The position as told on a topic. */
import type { LinkConfig } from '../fleet/index.js'
import { type Position, positionIn } from './messages.js'
import { createTeller } from './once.js'
import { subscribeTo } from './subscription.js'
import type { Input, Surroundings } from './types.js'

/** Unknown when nothing has been told for `staleSeconds`. A retained message is of unknown age and is not used. */
export const createMqttPosition = (
  { topic, staleSeconds }: { topic: string; staleSeconds: number },
  broker: LinkConfig,
  clientId: string,
  { log, now }: Surroundings,
): Input<Position> => {
  let told: { position: Position; atMs: number } | null = null
  const teller = createTeller(
    (message) => log.warn(message),
    (message) => log.debug(message),
  )
  const subscription = subscribeTo({
    name: 'position',
    broker,
    clientId,
    topic,
    log,
    onMessage(text, retained) {
      if (retained) return
      const position = positionIn(text)
      if (position === null) {
        teller.fault(`What is told on ${topic} is no position; it must be {"latitude": -90 to 90, "longitude": -180 to 180}.`)
        return
      }
      teller.well()
      told = { position, atMs: now() }
    },
    // What was told a moment ago still holds for a moment: it grows stale by itself.
    onLost: () => undefined,
  })
  return {
    read: (nowMs) => (told !== null && nowMs - told.atMs <= staleSeconds * 1000 ? told.position : null),
    async close() {
      told = null
      await subscription.close()
    },
  }
}
