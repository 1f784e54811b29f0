/** The speed as told on a topic. */
import type { LinkConfig } from '../fleet/index.js'
import { speedIn } from './messages.js'
import { createToldTopic } from './told-topic.js'
import type { Input, Surroundings } from './types.js'

export type SpeedTopic = { topic: string; staleSeconds: number }

/** km/h; unknown when nothing has been told for `staleSeconds`. A retained message is of unknown age and is not used. */
export const createMqttSpeed = (
  { topic, staleSeconds }: SpeedTopic,
  broker: LinkConfig,
  clientId: string,
  surroundings: Surroundings,
): Input<number> => {
  const valueIn = (text: string) => {
    const value = speedIn(text)
    return value === null ? null : { value }
  }
  const form = 'it must be a number or {"speedKmh": number}, from 0 to 300 km/h'
  return createToldTopic({ name: 'speed', topic, staleSeconds, heedsRetained: false, valueIn, form }, broker, clientId, surroundings)
}
