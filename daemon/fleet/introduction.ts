/** What is said on every line: who we are at its beginning, `offline` at its end; and what is listened to on it. */

import { reasonOf } from '../reason-of.js'
import type { Clock } from './clock.js'
import { createComplaints } from './complaints.js'
import { placeOf } from './faults.js'
import type { Incoming } from './incoming.js'
import type { Will } from './link-options.js'
import type { Log } from './log-port.js'
import { lastWill, offline, online } from './payloads/status.js'
import { propertiesOf } from './properties.js'
import type { Session } from './session.js'
import { type Delivery, delivery, type Topics } from './topics.js'

export type IntroductionOptions = {
  topics: Topics
  /** Name of the vehicle: each message carries it, where the protocol can. */
  vehicle: string
  /** The birth of this moment; asked on every connect. */
  birth: () => object
  simulated: boolean
  /** Topics subscribed to on every connect, at QoS 1, and what takes their messages; it must not throw. */
  listen?: { filters: readonly string[]; onMessage: (incoming: Incoming) => void }
  clock: Clock
  log: Log
}

export interface Introduction {
  /** Laid down at the broker with each connection. */
  readonly will: Will
  send(line: Session, topic: string, payload: object, how: Delivery): Promise<void>
  /** Birth and status are on their way when it returns; a line keeps the order, so whatever is sent next comes after them. Never throws. */
  hello(line: Session): void
  /** Listens to commands and settings. Never throws. */
  listen(line: Session, url: string): void
  /** Says `offline` and good-bye; resolves within about 2 s, whatever the broker does. */
  goodbye(line: Session): Promise<void>
}

// systemd's patience with a stop is longer; a driver who turns the key off should not wait for a broker.
const FAREWELL_WITHIN_MS = 1_000

/** The same words on every line. */
export const createIntroduction = (options: IntroductionOptions): Introduction => {
  const { topics, vehicle, simulated, clock, log } = options
  const will = lastWill(simulated)
  const complain = createComplaints(log)

  const send: Introduction['send'] = (line, topic, payload, how) =>
    line.publish(topic, JSON.stringify(payload), how, propertiesOf(vehicle, payload, how))

  const say = async (line: Session, what: 'birth' | 'status', payload: object): Promise<void> => {
    try {
      await send(line, topics[what], payload, delivery[what])
    } catch (error) {
      complain(error)
    }
  }

  const subscribe = async (line: Session, url: string, filters: readonly string[]): Promise<void> => {
    try {
      const refused = await line.subscribe(filters)
      if (refused.length === 0) return
      log.warn(`The broker at ${placeOf(url)} does not let this vehicle listen to ${refused.join(', ')}: check its access list.`)
    } catch (error) {
      // MQTT 3.1.1 lets a broker hang up instead of an answer; the link tells it.
      log.debug(reasonOf(error))
    }
  }

  return {
    will: { topic: topics.status, payload: will, properties: propertiesOf(vehicle, JSON.parse(will), delivery.status) },
    send,
    hello: (line) => {
      void say(line, 'birth', options.birth())
      void say(line, 'status', online(clock.wallMs(), simulated))
    },
    listen: (line, url) => {
      if (options.listen !== undefined) void subscribe(line, url, options.listen.filters)
    },
    goodbye: async (line) => {
      await Promise.race([
        say(line, 'status', offline(clock.wallMs(), simulated)),
        new Promise((resolve) => setTimeout(resolve, FAREWELL_WITHIN_MS).unref()),
      ])
      await line.end(FAREWELL_WITHIN_MS)
    },
  }
}
