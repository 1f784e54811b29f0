/** Every message of the contract, told and heard, as the documents need them. */
import { defaultConfig } from '../../daemon/config/index.js'
import { commandNames, requests } from '../../daemon/fleet/commands/index.js'
import { discovery, discoveryDelivery, discoveryTopic } from '../../daemon/fleet/payloads/home-assistant.js'
import { payloads } from '../../daemon/fleet/payloads/index.js'
import { delivery, type Published, published, topicsOf } from '../../daemon/fleet/topics.js'
import { inputMessages } from './inputs.js'
import type { Message } from './message.js'

const summaries: Readonly<Record<Published, string>> = {
  status: 'Whether the daemon is connected; also its last will.',
  birth: 'What the vehicle carries; published on every connect.',
  alert: 'One event: a rule fired, rose, or its episode ended.',
  health: 'Heartbeat.',
  trip: 'Summary of a trip.',
  day: 'Summary of a day.',
  result: 'The answer to a command, or to a change of the configuration.',
  config: 'The configuration in force; published on every connect.',
}

// Braces are legal in a topic's level, so that the code's own topics can be asked for the address.
const addresses = topicsOf('{fleet}', '{vehicle}')

const sent = published.map(
  (topic): Message => ({
    id: topic,
    action: 'send',
    address: addresses[topic],
    summary: summaries[topic],
    schema: payloads[topic],
    delivery: delivery[topic],
    isAnswered: false,
  }),
)

const received = commandNames.map(
  (name): Message => ({
    id: name === 'config/set' ? 'config-set' : `command-${name}`,
    action: 'receive',
    address: name === 'config/set' ? addresses.configSet : addresses.command(name),
    summary: requests[name].description ?? name,
    schema: requests[name],
    delivery: { qos: 1, retain: false },
    isAnswered: true,
  }),
)

const homeAssistant: Message = {
  id: 'home-assistant',
  action: 'send',
  address: discoveryTopic(defaultConfig().fleet.homeAssistant.prefix, 'kantuk_{fleet}_{vehicle}'),
  summary: 'Where fleet.homeAssistant.discovery is on: shows the vehicle as a device of Home Assistant; published on every connect.',
  schema: discovery,
  delivery: discoveryDelivery,
  isAnswered: false,
}

export const messages: readonly Message[] = [...sent, homeAssistant, ...received, ...inputMessages]
