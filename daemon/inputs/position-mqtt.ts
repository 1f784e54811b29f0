/** The position as told on a topic. */
import type { LinkConfig } from '../fleet/index.js'
import { type Position, positionIn } from './messages.js'
import { createToldTopic } from './told-topic.js'
import type { Input, Surroundings } from './types.js'

/** Unknown when nothing has been told for `staleSeconds`. A retained message is of unknown age and is not used. */
export const createMqttPosition = (
  { topic, staleSeconds }: { topic: string; staleSeconds: number },
  broker: LinkConfig,
  clientId: string,
  surroundings: Surroundings,
): Input<Position> => {
  const valueIn = (text: string) => {
    const value = positionIn(text)
    return value === null ? null : { value }
  }
  const form = 'it must be {"latitude": -90 to 90, "longitude": -180 to 180}'
  return createToldTopic({ name: 'position', topic, staleSeconds, heedsRetained: false, valueIn, form }, broker, clientId, surroundings)
}
