/** The link to the broker: keeps a connection, says who we are on each, and names what is wrong. It queues nothing: the outbox does. */
import { codedSentence } from '../coded.js'
import type { Retry } from './backoff.js'
import { FleetError } from './errors.js'
import { connectionFault, isVersionRefused, placeOf } from './faults.js'
import { createIntroduction, type IntroductionOptions } from './introduction.js'
import { type Limits, limitSentences, NO_LIMITS, shownBy } from './limits.js'
import { clientOptions, type LinkConfig, type Version } from './link-options.js'
import { type Attempt, createRoute } from './route.js'
import { openSession, type Session, type SessionEvents } from './session.js'
import type { Delivery } from './topics.js'

export type LinkState =
  | { state: 'connected'; version: Version }
  /** The first broker is back: the line to the other one is given up for it. */
  | { state: 'moving' }
  | { state: 'waiting'; reason: FleetError; retryMs: number }
  | { state: 'closed' }

export type LinkOptions = IntroductionOptions & {
  config: LinkConfig
  /** Client id where the configuration names none: the same on every start, different for every vehicle. */
  clientId: string
  onState: (state: LinkState) => void
  /** Default: from 1 s to 60 s. */
  retry?: Retry
  /** 0..1, spreads the waits; default Math.random. */
  chance?: () => number
  /** How often the first broker is asked while another one serves; default 10 minutes. */
  homeEveryMs?: number
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
// Own: a broker that comes and goes should not drag a fleet with it each time.
const HOME_EVERY_MS = 10 * 60_000

const errorOf = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

/** What becomes of a line that is opened. */
type LineEvents = {
  begun(line: Session): void
  /** The broker has accepted. */
  up(line: Session): void
  /** It has not, or what the configuration names cannot be used (then there is no line). */
  refused(error: Error | null, line: Session | null): void
}

/** Starts connecting at once and goes on until closed. Never throws: what goes wrong is logged and told through `onState`. */
export const createLink = (options: LinkOptions): Link => {
  const { config, log, onState, clock } = options
  const route = createRoute([config.url, ...(config.fallbackUrls ?? [])], options.retry ?? RETRY, options.chance ?? Math.random)
  const introduction = createIntroduction(options)
  /** What was said last of each broker. */
  const told = new Map<string, string>()
  /** What each broker was found to take, other than by its word. */
  const limits = new Map<string, Limits>()
  const limitsOf = (url: string): Limits => limits.get(url) ?? NO_LIMITS
  const homeEveryMs = options.homeEveryMs ?? HOME_EVERY_MS
  const said = new Set<string>()
  let upSinceMs = 0
  let session: Session | null = null
  let opening: Session | null = null
  /** A second line, to the first broker, while another one serves. */
  let scout: Session | null = null
  let timer: NodeJS.Timeout | undefined
  let homing: NodeJS.Timeout | undefined
  let isMoving = false
  let closed = false

  const publish: Link['publish'] = async (topic, payload, how) => {
    if (session === null) throw new FleetError('not-connected', `There is no connection to the broker: ${topic} was not sent.`)
    await introduction.send(session, topic, payload, how)
  }

  // One warning per change of reason; the same again only for those who look closely.
  const tell = (url: string, reason: FleetError, retryMs: number): void => {
    const sentence = codedSentence(reason)
    const again = `${sentence} Next try in ${(retryMs / 1000).toFixed(1)} s.`
    if (told.get(url) === reason.message) log.debug(again)
    else log.warn(`${sentence} Events are kept meanwhile; trying again by itself.`)
    told.set(url, reason.message)
  }

  const sayOnce = (sentence: string): void => {
    if (!said.has(sentence)) log.warn(sentence)
    said.add(sentence)
  }

  /** Whether a refused connection shows what the broker does not take: it is to be tried again with less. */
  const learns = (url: string, error: Error | null): boolean => {
    const shown = shownBy(error, limitsOf(url))
    if (shown !== null) limits.set(url, shown)
    return shown !== null
  }

  const wait = (url: string, reason: FleetError, retryMs: number): void => {
    tell(url, reason, retryMs)
    onState({ state: 'waiting', reason, retryMs })
    timer = setTimeout(open, retryMs)
  }

  const callOff = (line: Session | null, why: string): void => line?.drop(new FleetError('closed', why))

  const up = (line: Session, at: Attempt): void => {
    session = line
    opening = null
    // Two lines under one name put each other out.
    if (scout !== line) callOff(scout, 'Another line stands.')
    scout = null
    upSinceMs = clock.monotonicMs()
    route.up(at)
    log.info(`Connected to the broker at ${placeOf(at.url)} (MQTT ${at.version === 5 ? '5' : '3.1.1'}).`)
    for (const sentence of limitSentences(line.limits, at.url)) sayOnce(sentence)
    introduction.hello(line)
    onState({ state: 'connected', version: at.version })
    introduction.listen(line, at.url)
    if (!route.isHome) homing = setTimeout(lookHome, homeEveryMs)
  }

  /** The first broker has accepted: the other one is left in order, so that it does not say `lost` of us. */
  const move = async (line: Session, at: Attempt): Promise<void> => {
    const left = session
    session = null
    isMoving = true
    clearTimeout(timer)
    callOff(opening, 'The first broker is back.')
    opening = null
    onState({ state: 'moving' })
    if (left !== null) await introduction.goodbye(left)
    isMoving = false
    if (closed) return
    if (line === scout) up(line, at)
    else void open()
  }

  const failed = ({ url }: Attempt, error: Error | null): void => {
    opening = null
    if (learns(url, error)) {
      void open()
      return
    }
    const reason = connectionFault(error, url)
    const retryMs = route.failed(isVersionRefused(reason))
    if (retryMs > 0) {
      wait(url, reason, retryMs)
      return
    }
    if (route.attempt.url !== url) tell(url, reason, 0)
    void open()
  }

  const lost = ({ url }: Attempt, error: Error | null): void => {
    session = null
    clearTimeout(homing)
    callOff(scout, 'The line beside it was lost.')
    const retryMs = route.lost(clock.monotonicMs() - upSinceMs)
    if (route.shortLived === 0) told.clear()
    wait(url, connectionFault(error, url, { wasUp: true, shortLived: route.shortLived }), retryMs)
  }

  const connect = async (at: Attempt, events: LineEvents): Promise<void> => {
    try {
      const { retain, qos } = limitsOf(at.url)
      const client = await clientOptions(config, options.clientId, at.version, { ...introduction.will, retain, qos })
      if (closed) return
      const happens: SessionEvents = {
        up: () => events.up(line),
        down: (error, wasUp) => {
          if (line === session && !closed) lost(at, error)
          else if (!wasUp || line === scout) events.refused(error, line)
        },
        message: (incoming) => options.listen?.onMessage(incoming),
        tooLarge: (bytes) => void limits.set(at.url, { ...limitsOf(at.url), packetBytes: bytes - 1 }),
      }
      const line: Session = openSession(at.url, client, happens, limitsOf(at.url))
      events.begun(line)
    } catch (error) {
      if (!closed) events.refused(errorOf(error), null)
    }
  }

  const open = (): Promise<void> => {
    const at = route.attempt
    return connect(at, {
      begun: (line) => {
        opening = line
      },
      up: (line) => {
        if (!closed && line === opening) up(line, at)
      },
      refused: (error, line) => {
        if (!closed && (line === null || line === opening)) failed(at, error)
      },
    })
  }

  const lookHome = async (): Promise<void> => {
    if (scout !== null) return
    const at = route.home
    await connect(at, {
      begun: (line) => {
        scout = line
      },
      up: (line) => {
        if (!closed) void move(line, at)
      },
      refused: (error) => {
        scout = null
        // Tried with less the next time.
        learns(at.url, error)
        const reason = connectionFault(error, at.url)
        log.debug(`The first broker is not back: ${reason.message}`)
        route.homeFailed(isVersionRefused(reason))
        if (!closed && !isMoving && session !== null && !route.isHome) homing = setTimeout(lookHome, homeEveryMs)
      },
    })
  }

  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    clearTimeout(timer)
    clearTimeout(homing)
    for (const line of [opening, scout]) callOff(line, 'The daemon stops.')
    if (session !== null) await introduction.goodbye(session)
    onState({ state: 'closed' })
  }

  void open()
  return { publish, close }
}
