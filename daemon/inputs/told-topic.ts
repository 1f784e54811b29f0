/** A value as told on a topic, which holds for a while. */
import type { LinkConfig } from '../fleet/index.js'
import { createTeller } from './once.js'
import { subscribeTo } from './subscription.js'
import type { Input, Surroundings } from './types.js'

export type ToldTopic<T> = {
  /** What it tells, for messages: "speed". */
  name: string
  topic: string
  /** What was told longer ago is unknown. */
  staleSeconds: number
  /** A retained message is of unknown age: heeded only where that does not matter. */
  heedsRetained: boolean
  /** What a message says: the value, null for "unknown"; or null where it says nothing of the kind. */
  valueIn(text: string): { value: T | null } | null
  /** How a message must look, for the log: "it must be a number". */
  form: string
}

/** Unknown until something is told. A broker that goes changes nothing: what was told holds for its time, and grows stale by itself. */
export const createToldTopic = <T>(
  { name, topic, staleSeconds, heedsRetained, valueIn, form }: ToldTopic<T>,
  broker: LinkConfig,
  clientId: string,
  { log, now }: Surroundings,
): Input<T> => {
  let told: { value: T | null; atMs: number } | null = null
  const teller = createTeller(
    (message) => log.warn(message),
    (message) => log.debug(message),
  )
  const subscription = subscribeTo({
    name,
    broker,
    clientId,
    topic,
    log,
    onMessage(text, retained) {
      if (retained && !heedsRetained) return
      const heard = valueIn(text)
      if (heard === null) {
        teller.fault(`What is told on ${topic} is no ${name}; ${form}.`)
        return
      }
      teller.well()
      told = { value: heard.value, atMs: now() }
    },
    onLost: () => undefined,
  })
  return {
    read: (nowMs) => (told !== null && nowMs - told.atMs <= staleSeconds * 1000 ? told.value : null),
    async close() {
      told = null
      await subscription.close()
    },
  }
}
