/** One connection to the broker, from the first byte to the last. It never reconnects: that is the link's. */
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import { FleetError } from './errors.js'
import { publishFault } from './faults.js'
import type { Incoming } from './incoming.js'
import type { MessageProperties } from './properties.js'
import type { Delivery } from './topics.js'
import { createWindow, type Window } from './window.js'

export interface Session {
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
  /** Once, whether it ever was up or not. `error`: the first thing that went wrong, null when the line just closed. */
  down(error: Error | null, wasUp: boolean): void
}

// A broker that answers pings but not publishes is cut off, so that the next connection has a chance. Own choice: three times the
// slowest round trip seen on a mobile network (10 s).
export const ACKNOWLEDGE_WITHIN_MS = 30_000

/** Rejects what still waits when the line goes. */
type Waiting = Set<(error: Error) => void>

const publisher = (
  client: MqttClient,
  url: string,
  { waiting, window }: { waiting: Waiting; window: Window },
  drop: (reason: Error) => void,
): Session['publish'] => {
  return (topic, payload, { qos, retain, isUrgent = false }, properties) =>
    new Promise((resolve, reject) => {
      if (!client.connected) {
        reject(new FleetError('not-connected', `There is no connection to the broker: ${topic} was not sent.`))
        return
      }
      let timer: NodeJS.Timeout | undefined
      const settle = (error?: Error | null) => {
        if (!waiting.delete(settle)) return
        clearTimeout(timer)
        if (error) reject(error instanceof FleetError ? error : publishFault(error, topic, url))
        else resolve()
      }
      const seconds = ACKNOWLEDGE_WITHIN_MS / 1000
      const late = new FleetError('timeout', `The broker did not acknowledge a message on ${topic} within ${seconds} s.`)
      // MQTT 3.1.1 knows none.
      const described = client.options.protocolVersion === 5 ? { properties } : {}
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
        send((error) => {
          settle(error)
          window.leave()
        })
      }, isUrgent)
    })
}

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
 * Opens a connection. Everything that happens comes through `events`, never before this returns.
 * @throws what the client throws on options it cannot use, such as a certificate that is none
 */
export const openSession = (url: string, options: IClientOptions, events: SessionEvents): Session => {
  const client = connect(url, options)
  const waiting: Waiting = new Set()
  const window = createWindow()
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
  const session: Session = {
    publish: publisher(client, url, { waiting, window }, drop),
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
    if (properties?.receiveMaximum !== undefined) window.limit(properties.receiveMaximum)
    events.up(session)
  })
  client.on('message', (topic, payload, { retain }) => {
    if (!isDown) events.message({ topic, payload, retained: retain })
  })
  client.on('error', (error) => {
    firstError ??= error
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
