/** One connection to the broker, from the first byte to the last. It never reconnects: that is the link's. */
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import { FleetError } from './errors.js'
import { publishFault, sizeFault } from './faults.js'
import type { Incoming } from './incoming.js'
import { type Limits, NO_LIMITS, narrowed } from './limits.js'
import { packetBytes } from './packet-size.js'
import type { MessageProperties } from './properties.js'
import type { Delivery } from './topics.js'
import { createWindow, type Window } from './window.js'

export interface Session {
  /** What the broker takes. */
  readonly limits: Limits
  /** Resolves when the broker has acknowledged (QoS 1) or the bytes are on their way (QoS 0). Rejects with a FleetError. */
  publish(topic: string, payload: string, delivery: Delivery, properties: MessageProperties): Promise<void>
  /** Resolves with the filters that the broker refuses; rejects when the line goes first. */
  subscribe(filters: readonly string[]): Promise<readonly string[]>
  /** Says good-bye, so that the broker drops the last will; gives up after `withinMs`. */
  end(withinMs: number): Promise<void>
  /** Cuts the line; the broker will send the last will. */
  drop(reason: Error): void
}

export type SessionEvents = {
  up(session: Session): void
  /** A message on a topic subscribed to. */
  message(incoming: Incoming): void
  /** The broker refused a message of so many bytes in a way that costs the connection. */
  tooLarge?(bytes: number): void
  /** Once, whether it ever was up or not. `error`: the first thing that went wrong, null when the line just closed. */
  down(error: Error | null, wasUp: boolean): void
}

// A broker that answers pings but not publishes is cut off, so that the next connection has a chance. Own choice: three times the
// slowest round trip seen on a mobile network (10 s).
export const ACKNOWLEDGE_WITHIN_MS = 30_000

/** Rejects what still waits when the line goes. */
type Waiting = Set<(error: Error) => void>
/** What is on the line and not answered yet, the oldest first. */
type UnderWay = Map<(error: Error) => void, { topic: string; bytes: number }>

const publisher = (
  client: MqttClient,
  url: string,
  { waiting, underWay, window, limits }: { waiting: Waiting; underWay: UnderWay; window: Window; limits: () => Limits },
  drop: (reason: Error) => void,
): Session['publish'] => {
  return (topic, payload, how, properties) =>
    new Promise((resolve, reject) => {
      if (!client.connected) {
        reject(new FleetError('not-connected', `There is no connection to the broker: ${topic} was not sent.`))
        return
      }
      // MQTT 3.1.1 knows none.
      const described = client.options.protocolVersion === 5 ? { properties } : {}
      const bytes = packetBytes(topic, payload, described.properties ?? null)
      const most = limits()
      if (bytes > most.packetBytes) {
        reject(sizeFault(topic, bytes, most.packetBytes, url))
        return
      }
      const qos = most.qos === 0 ? 0 : how.qos
      const retain = how.retain && most.retain
      let timer: NodeJS.Timeout | undefined
      const settle = (error?: Error | null) => {
        underWay.delete(settle)
        if (!waiting.delete(settle)) return
        clearTimeout(timer)
        if (error) reject(error instanceof FleetError ? error : publishFault(error, topic, url))
        else resolve()
      }
      const seconds = ACKNOWLEDGE_WITHIN_MS / 1000
      const late = new FleetError('timeout', `The broker did not acknowledge a message on ${topic} within ${seconds} s.`)
      const send = (answered: (error?: Error) => void): void => {
        timer = setTimeout(() => drop(late), ACKNOWLEDGE_WITHIN_MS)
        client.publish(topic, payload, { qos, retain, ...described }, (error) => answered(error ?? undefined))
      }
      waiting.add(settle)
      if (qos === 0) {
        send(settle)
        return
      }
      window.enter(() => {
        // The line went while it waited for its turn.
        if (!waiting.has(settle)) return
        underWay.set(settle, { topic, bytes })
        send((error) => {
          settle(error)
          window.leave()
        })
      }, how.isUrgent ?? false)
    })
}

// mqtt-packet's words for an answer with a reason that MQTT 5 does not list for it, as Mosquitto's 149 for a message above its `message_size_limit`.
const UNKNOWN_ANSWER = /^Invalid puback reason code$/i

// MQTT 3.1.1, 3.9.3 and MQTT 5, 3.9.3: a SUBACK from 128 on refuses.
const REFUSED_FROM = 128

const subscriber =
  (client: MqttClient): Session['subscribe'] =>
  (filters) =>
    new Promise((resolve, reject) => {
      // MQTT 5, 3.8.3.1: a message published with retain says so even to who listens already.
      const asPublished = client.options.protocolVersion === 5 ? { rap: true } : {}
      client.subscribe([...filters], { qos: 1, ...asPublished }, (error, _, answer) => {
        // The client calls it an error when one is refused, and gives the broker's answer with it.
        const codes = answer !== undefined && 'granted' in answer ? answer.granted : null
        if (codes !== null) resolve(filters.filter((_filter, index) => Number(codes[index]) >= REFUSED_FROM))
        else if (error) reject(error)
        else resolve([])
      })
    })

/**
 * Opens a connection. `known`: what the broker was found to take before. Everything that happens comes through `events`, never before this returns.
 * @throws what the client throws on options it cannot use, such as a certificate that is none
 */
export const openSession = (url: string, options: IClientOptions, events: SessionEvents, known: Limits = NO_LIMITS): Session => {
  const client = connect(url, options)
  const waiting: Waiting = new Set()
  const underWay: UnderWay = new Map()
  const window = createWindow()
  let limits = known
  let firstError: Error | null = null
  let wasUp = false
  let isDown = false

  const drop = (reason: Error): void => {
    firstError ??= reason
    // Before the client tells them that the line is closed: they are to know why.
    for (const settle of waiting) settle(reason)
    client.end(true)
    // The client does nothing on `end` when it is already ending: the line itself is cut.
    client.stream.destroy()
  }
  /** MQTT 5, 4.6.0-2: answers come in the order of the messages, so the first that is missing is that of the oldest. */
  const blameOldest = (): void => {
    const [oldest] = underWay
    if (oldest === undefined) return
    const [settle, { topic, bytes }] = oldest
    events.tooLarge?.(bytes)
    settle(sizeFault(topic, bytes, bytes - 1, url))
  }

  const session: Session = {
    get limits() {
      return limits
    },
    publish: publisher(client, url, { waiting, underWay, window, limits: () => limits }, drop),
    subscribe: subscriber(client),
    end: (withinMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          client.stream.destroy()
          resolve()
        }, withinMs)
        client.end(false, () => {
          clearTimeout(timer)
          resolve()
        })
      }),
    drop,
  }

  client.on('connect', ({ properties }) => {
    wasUp = true
    limits = narrowed(known, properties)
    if (properties?.receiveMaximum !== undefined) window.limit(properties.receiveMaximum)
    events.up(session)
  })
  client.on('message', (topic, payload, { retain }) => {
    if (!isDown) events.message({ topic, payload, retained: retain })
  })
  client.on('error', (error) => {
    firstError ??= error
    // What has a code ends the line by itself. Without one, the client could not read the broker's word, and reads no more.
    if (!wasUp || isDown || 'code' in error) return
    // The answers before it, in the same bytes, are still on their way through the client.
    setImmediate(() => {
      if (UNKNOWN_ANSWER.test(error.message)) blameOldest()
      drop(error)
    })
  })
  // MQTT 5: the broker says why it hangs up.
  client.on('disconnect', ({ reasonCode = 0 }) => {
    firstError ??= Object.assign(new Error(`disconnect ${reasonCode}`), { code: reasonCode })
  })
  client.on('close', () => {
    if (isDown) return
    isDown = true
    client.end(true)
    for (const settle of waiting) settle(firstError ?? new FleetError('closed', 'The connection to the broker was closed.'))
    events.down(firstError, wasUp)
  })
  return session
}
