/** One topic of a broker, listened to for good: a broker that is away is named once and tried again. */
import { connect, type MqttClient } from 'mqtt'
import { clientOptions, connectionFault, type LinkConfig, placeOf } from '../fleet/index.js'
import { createTeller } from './once.js'
import type { Log } from './types.js'

export type SubscriptionOptions = {
  /** What it tells, for messages: "speed". */
  name: string
  broker: LinkConfig
  clientId: string
  topic: string
  log: Log
  /** `retained`: the broker has kept it from before, for who knows how long. */
  onMessage(text: string, retained: boolean): void
  /** The broker is away: what it told last may no longer hold. */
  onLost(): void
  /** Default 5 s; own: a broker in the vehicle starts with it. */
  retryMs?: number
}

export interface Subscription {
  close(): Promise<void>
}

const RETRY_MS = 5_000
const GOODBYE_WITHIN_MS = 500
// MQTT 3.1.1: what every broker speaks; nothing of MQTT 5 is needed to listen.
const VERSION = 4
// A number, or a small object: more is no message of ours, and is not parsed.
const LONGEST_BYTES = 4096

/** Starts connecting at once. Never throws. */
export const subscribeTo = (options: SubscriptionOptions): Subscription => {
  const { name, broker, topic, log, onMessage, onLost, retryMs = RETRY_MS } = options
  const where = placeOf(broker.url)
  const teller = createTeller(
    (message) => log.warn(`${message} Until it is heard on ${topic}, the ${name} is unknown; trying again by itself.`),
    (message) => log.debug(message),
  )
  let client: MqttClient | null = null
  let timer: NodeJS.Timeout | null = null
  let closed = false

  function lost(error: Error | null, wasUp: boolean): void {
    if (closed || timer !== null) return
    client = null
    onLost()
    teller.fault(connectionFault(error, broker.url, { wasUp, shortLived: 0 }).message)
    timer = setTimeout(open, retryMs)
  }

  function listen(opened: MqttClient): void {
    let firstError: Error | null = null
    let wasUp = false
    opened.on('error', (error) => {
      firstError ??= error
    })
    opened.on('connect', () => {
      wasUp = true
      opened.subscribe(topic, { qos: 0 }, (error, granted) => {
        if (closed || opened !== client) return
        // MQTT 3.1.1, 3.9.3: 128 refuses a topic.
        if (error || (granted?.[0]?.qos ?? 128) >= 128) {
          teller.fault(`The broker at ${where} does not let this vehicle listen to ${topic}: check its access list.`)
        } else {
          teller.well()
          log.info(`Listening for the ${name} on ${topic} at ${where}.`)
        }
      })
    })
    opened.on('message', (_, payload, packet) => {
      if (!closed && payload.length <= LONGEST_BYTES) onMessage(payload.toString('utf8'), packet.retain)
    })
    opened.on('close', () => {
      opened.end(true)
      if (opened === client) lost(firstError, wasUp)
    })
  }

  async function open(): Promise<void> {
    timer = null
    try {
      const settings = await clientOptions(broker, options.clientId, VERSION, null)
      if (closed) return
      client = connect(broker.url, settings)
      listen(client)
    } catch (error) {
      // A certificate that cannot be read, or is none.
      lost(error instanceof Error ? error : new Error(String(error)), false)
    }
  }

  void open()
  return {
    async close() {
      closed = true
      if (timer !== null) clearTimeout(timer)
      const last = client
      client = null
      if (last === null) return
      await new Promise<void>((resolve) => {
        const late = setTimeout(() => {
          last.stream.destroy()
          resolve()
        }, GOODBYE_WITHIN_MS)
        last.end(!last.connected, () => {
          clearTimeout(late)
          resolve()
        })
      })
    },
  }
}
