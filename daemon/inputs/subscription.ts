/** One topic, listened to for good at the first broker that answers: those that are away are named once and tried again. */
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
  /** Pause after a round of all brokers. Default 5 s; own: a broker in the vehicle starts with it. */
  retryMs?: number
  /** How often the first broker is asked while another one serves. Default 10 minutes, as the link does. */
  homeEveryMs?: number
}

export interface Subscription {
  close(): Promise<void>
}

const RETRY_MS = 5_000
const HOME_EVERY_MS = 600_000
const GOODBYE_WITHIN_MS = 500
// MQTT 3.1.1: what every broker speaks; nothing of MQTT 5 is needed to listen.
const VERSION = 4
// A number, or a small object: more is no message of ours, and is not parsed.
const LONGEST_BYTES = 4096

/** Starts connecting at once. Never throws. */
export const subscribeTo = (options: SubscriptionOptions): Subscription => {
  const { name, broker, topic, log, onMessage, onLost, retryMs = RETRY_MS, homeEveryMs = HOME_EVERY_MS } = options
  const urls = [broker.url, ...(broker.fallbackUrls ?? [])]
  const teller = createTeller(
    (message) => log.warn(`${message} Until it is heard on ${topic}, the ${name} is unknown; trying again by itself.`),
    (message) => log.debug(message),
  )
  // What went wrong in this round of the brokers: told as one, so that two of them do not take turns in the log.
  let faults: string[] = []
  let at = 0
  let client: MqttClient | null = null
  let trial: MqttClient | null = null
  let timer: NodeJS.Timeout | null = null
  let homing: NodeJS.Timeout | undefined
  let closed = false

  function lost(error: Error | null, wasUp: boolean): void {
    if (closed || timer !== null) return
    client = null
    clearTimeout(homing)
    onLost()
    faults.push(connectionFault(error, urls[at] ?? broker.url, { wasUp, shortLived: 0 }).message)
    at = wasUp ? 0 : (at + 1) % urls.length
    if (at === 0) {
      teller.fault(faults.join(' '))
      faults = []
    }
    timer = setTimeout(() => void open(), at === 0 ? retryMs : 0)
  }

  /** It is heard there from now on; another one that served is left. */
  function settle(opened: MqttClient, url: string): void {
    if (opened !== client) client?.end()
    client = opened
    at = urls.indexOf(url)
    faults = []
    teller.well()
    log.info(`Listening for the ${name} on ${topic} at ${placeOf(url)}.`)
    clearTimeout(homing)
    if (at !== 0) homing = setTimeout(() => void tryHome(), homeEveryMs)
  }

  /** @param isTrial another one serves meanwhile, and goes on if this one does not */
  function listen(opened: MqttClient, url: string, isTrial: boolean): void {
    let firstError: Error | null = null
    let wasUp = false
    opened.on('error', (error) => {
      firstError ??= error
    })
    opened.on('connect', () => {
      wasUp = true
      opened.subscribe(topic, { qos: 0 }, (error, granted) => {
        if (isTrial && client === null) opened.end(true)
        if (closed || opened.disconnecting || (!isTrial && opened !== client)) return
        // MQTT 3.1.1, 3.9.3: 128 refuses a topic.
        if (!error && (granted?.[0]?.qos ?? 128) < 128) settle(opened, url)
        else if (isTrial) opened.end(true)
        else teller.fault(`The broker at ${placeOf(url)} does not let this vehicle listen to ${topic}: check its access list.`)
      })
    })
    opened.on('message', (_, payload, packet) => {
      if (!closed && payload.length <= LONGEST_BYTES) onMessage(payload.toString('utf8'), packet.retain)
    })
    opened.on('close', () => {
      opened.end(true)
      if (opened === client) lost(firstError, wasUp)
      else if (isTrial && !closed && at !== 0) homing = setTimeout(() => void tryHome(), homeEveryMs)
    })
  }

  const settingsOf = () => clientOptions(broker, options.clientId, VERSION, null)

  async function open(): Promise<void> {
    timer = null
    const url = urls[at] ?? broker.url
    try {
      const settings = await settingsOf()
      if (closed) return
      client = connect(url, settings)
      listen(client, url, false)
    } catch (error) {
      // A certificate that cannot be read, or is none.
      lost(error instanceof Error ? error : new Error(String(error)), false)
    }
  }

  async function tryHome(): Promise<void> {
    const settings = await settingsOf().catch((error: unknown) => log.debug(String(error)))
    if (closed || client === null || at === 0) return
    if (settings === undefined) homing = setTimeout(() => void tryHome(), homeEveryMs)
    else {
      trial = connect(broker.url, settings)
      listen(trial, broker.url, true)
    }
  }

  void open()
  return {
    async close() {
      closed = true
      clearTimeout(homing)
      if (trial !== client) trial?.end(true)
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
