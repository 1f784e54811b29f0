/** The driver as told on a topic: by a card reader, or whoever knows. */
import type { LinkConfig } from '../fleet/index.js'
import { driverIn } from './messages.js'
import { createToldTopic } from './told-topic.js'
import type { Input, Surroundings } from './types.js'

/** Who was told last, a retained message included; unknown after `staleSeconds`, and when nobody is told. A driver does not change because a broker goes. */
export const createMqttDriver = (
  { topic, staleSeconds }: { topic: string; staleSeconds: number },
  broker: LinkConfig,
  clientId: string,
  surroundings: Surroundings,
): Input<string> => {
  const valueIn = (text: string) => {
    const heard = driverIn(text)
    return heard === null ? null : { value: heard.driver }
  }
  const form = 'it must be 1 to 64 letters, digits, spaces or . _ : @ / -, or empty for nobody'
  return createToldTopic({ name: 'driver', topic, staleSeconds, heedsRetained: true, valueIn, form }, broker, clientId, surroundings)
}
