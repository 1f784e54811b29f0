/** The link to the broker: keeps a connection, says who we are on each, and names what is wrong. It queues nothing: the outbox does. */
import { backoffMs, type Retry } from './backoff.js'
import type { Clock } from './clock.js'
import { FleetError } from './errors.js'
import { connectionFault, placeOf } from './faults.js'
import type { Incoming } from './incoming.js'
import { clientOptions, type LinkConfig, type Version } from './link-options.js'
import type { Log } from './log-port.js'
import { lastWill, offline, online } from './payloads/status.js'
import { openSession, type Session } from './session.js'
import { type Delivery, delivery, type Topics } from './topics.js'

export type LinkState =
  | { state: 'connected'; version: Version }
  | { state: 'waiting'; reason: FleetError; retryMs: number }
  | { state: 'closed' }

export type LinkOptions = {
  config: LinkConfig
  topics: Topics
  /** Client id where the configuration names none: the same on every start, different for every vehicle. */
  clientId: string
  /** The birth of this moment; asked on every connect. */
  birth: () => object
  simulated: boolean
  /** Topics subscribed to on every connect, at QoS 1, and what takes their messages; it must not throw. */
  listen?: { filters: readonly string[]; onMessage: (incoming: Incoming) => void }
  clock: Clock
  log: Log
  onState: (state: LinkState) => void
  /** Default: from 1 s to 60 s. */
  retry?: Retry
  /** 0..1, spreads the waits; default Math.random. */
  chance?: () => number
}

export interface Link {
  /**
   * Resolves on the broker's PUBACK (QoS 1), or once written (QoS 0).
   * Rejects with a FleetError: `not-connected`, `closed`, `timeout`, `forbidden`, `publish-refused`.
   */
  publish(topic: string, payload: object, how: Delivery): Promise<void>
  /** Publishes `offline`, says good-bye and ends within about 2 s, whatever the broker does. */
  close(): Promise<void>
}

const RETRY: Retry = { firstMs: 1_000, longestMs: 60_000 }
// systemd's patience with a stop is longer; a driver who turns the key off should not wait for a broker.
const FAREWELL_WITHIN_MS = 1_000
// A connection that lasts so long was a good one: what went wrong before it is history. Own choice: longer than a broker takes to
// put out one of two clients of the same name.
const GOOD_AFTER_MS = 10_000

/** Starts connecting at once and goes on until closed. Never throws: what goes wrong is logged and told through `onState`. */
export const createLink = (options: LinkOptions): Link => {
  const { config, topics, log, onState } = options
  const retry = options.retry ?? RETRY
  const chance = options.chance ?? Math.random
  const where = placeOf(config.url)
  const will = { topic: topics.status, payload: lastWill(options.simulated) }
  let version: Version = 5
  let triedBoth = false
  let upSinceMs = 0
  let shortLived = 0
  let failures = 0
  let told: string | null = null
  let session: Session | null = null
  let opening: Session | null = null
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const publish: Link['publish'] = async (topic, payload, how) => {
    if (session === null) throw new FleetError('not-connected', `There is no connection to the broker: ${topic} was not sent.`)
    await session.publish(topic, JSON.stringify(payload), how)
  }

  // One warning per change of reason; the same again only for those who look closely.
  const tell = (reason: FleetError, retryMs: number): void => {
    const again = `${reason.message} Next try in ${(retryMs / 1000).toFixed(1)} s.`
    if (told === reason.message) log.debug(again)
    else log.warn(`${reason.message} Events are kept meanwhile; trying again by itself.`)
    told = reason.message
  }

  const wait = (reason: FleetError): void => {
    if (closed) return
    failures += 1
    const retryMs = backoffMs(failures, retry, chance())
    tell(reason, retryMs)
    onState({ state: 'waiting', reason, retryMs })
    timer = setTimeout(open, retryMs)
  }

  const introduce = async (what: 'birth' | 'status', make: () => object): Promise<void> => {
    try {
      await publish(topics[what], make(), delivery[what])
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      // A line that goes is told by `down`.
      if (error instanceof FleetError && (error.code === 'closed' || error.code === 'not-connected')) log.debug(message)
      else log.warn(message)
    }
  }

  const listen = async (opened: Session): Promise<void> => {
    if (options.listen === undefined) return
    try {
      const refused = await opened.subscribe(options.listen.filters)
      if (refused.length > 0)
        log.warn(`The broker at ${where} does not let this vehicle listen to ${refused.join(', ')}: check its access list.`)
    } catch (error) {
      // MQTT 3.1.1 lets a broker hang up instead of an answer; `down` tells it.
      log.debug(error instanceof Error ? error.message : String(error))
    }
  }

  const up = (opened: Session): void => {
    if (closed) return
    session = opened
    upSinceMs = options.clock.monotonicMs()
    triedBoth = false
    log.info(`Connected to the broker at ${where} (MQTT ${version === 5 ? '5' : '3.1.1'}).`)
    // One line keeps the order: birth and status arrive before whatever `onState` sends, without waiting for their acknowledgement.
    void introduce('birth', options.birth)
    void introduce('status', () => online(options.clock.wallMs(), options.simulated))
    onState({ state: 'connected', version })
    void listen(opened)
  }

  const ended = (lastedMs: number): void => {
    shortLived = lastedMs < GOOD_AFTER_MS ? shortLived + 1 : 0
    if (shortLived > 0) return
    failures = 0
    told = null
  }

  const down = (error: Error | null, wasUp: boolean): void => {
    session = null
    opening = null
    if (closed) return
    if (wasUp) ended(options.clock.monotonicMs() - upSinceMs)
    const reason = connectionFault(error, config.url, { wasUp, shortLived })
    // A broker that does not know MQTT 5 says so or just hangs up before its CONNACK: the other version is tried at once.
    const refusesVersion = !wasUp && (reason.code === 'protocol' || reason.code === 'closed')
    if (refusesVersion) version = version === 5 ? 4 : 5
    if (refusesVersion && !triedBoth) {
      triedBoth = true
      void open()
    } else {
      wait(reason)
    }
  }

  const open = async (): Promise<void> => {
    try {
      const client = await clientOptions(config, options.clientId, version, will)
      if (closed) return
      opening = openSession(config.url, client, { up, down, message: (incoming) => options.listen?.onMessage(incoming) })
    } catch (error) {
      wait(connectionFault(error instanceof Error ? error : new Error(String(error)), config.url))
    }
  }

  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    clearTimeout(timer)
    if (session !== null) {
      const said = publish(topics.status, offline(options.clock.wallMs(), options.simulated), delivery.status)
      await Promise.race([
        said.catch((error: Error) => log.debug(error.message)),
        new Promise((resolve) => setTimeout(resolve, FAREWELL_WITHIN_MS).unref()),
      ])
      await session?.end(FAREWELL_WITHIN_MS)
    } else {
      opening?.drop(new FleetError('closed', 'The daemon stops.'))
    }
    onState({ state: 'closed' })
  }

  void open()
  return { publish, close }
}
