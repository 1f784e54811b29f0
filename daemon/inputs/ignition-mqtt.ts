/** The ignition as told on a topic. */
import type { LinkConfig } from '../fleet/index.js'
import { ignitionIn } from './messages.js'
import { createTeller } from './once.js'
import { subscribeTo } from './subscription.js'
import type { Input, Surroundings } from './types.js'

/** Whether the ignition is on, as told last, a retained message included; unknown while the broker is away. */
export const createMqttIgnition = (topic: string, broker: LinkConfig, clientId: string, { log }: Surroundings): Input<boolean> => {
  let isOn: boolean | null = null
  const teller = createTeller(
    (message) => log.warn(message),
    (message) => log.debug(message),
  )
  const subscription = subscribeTo({
    name: 'ignition',
    broker,
    clientId,
    topic,
    log,
    onMessage(text) {
      const told = ignitionIn(text)
      if (told === null) teller.fault(`What is told on ${topic} is no ignition; it must be true or false, 1 or 0, on or off.`)
      else {
        teller.well()
        isOn = told
      }
    },
    onLost() {
      isOn = null
    },
  })
  return {
    read: () => isOn,
    async close() {
      isOn = null
      await subscription.close()
    },
  }
}
