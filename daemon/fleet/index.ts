/** The fleet room: decisions become events, events reach the broker once it is there. Nothing here blocks the alarm or throws into it. */
import type { Decision } from '../judgement/decision.js'
import { reasonOf } from '../reason-of.js'
import type { Retry } from './backoff.js'
import { bootTime } from './boot-time.js'
import type { Clock } from './clock.js'
import { createComplaints } from './complaints.js'
import { endCut } from './cut.js'
import { createEvents } from './events.js'
import { liveIds } from './ids.js'
import type { Incoming } from './incoming.js'
import { createLink, type Link, type LinkState } from './link.js'
import type { LinkConfig } from './link-options.js'
import type { Log } from './log-port.js'
import type { Outbox } from './outbox/types.js'
import { type BirthFacts, buildBirth } from './payloads/birth.js'
import { buildConfig, type ConfigFacts } from './payloads/config.js'
import type { Context, Event } from './payloads/event.js'
import { buildHealth, type HealthSnapshot } from './payloads/health.js'
import { buildDiscovery, discoveryDelivery } from './payloads/home-assistant.js'
import type { Result } from './payloads/result.js'
import { eventToSend, HISTORICAL_AFTER_MS, type Now, summaryToSend } from './payloads/send.js'
import type { Summary } from './payloads/summary.js'
import { createSender } from './sender.js'
import { delivery, topicsOf } from './topics.js'

/** What the vehicle tells of itself. */
export type Introduced = {
  /** What `birth` tells. */
  birth: Omit<BirthFacts, 'vehicle'>
  /** What `config` tells; without it, nothing is published there. */
  config?: Omit<ConfigFacts, 'vehicle'>
  /** First level of the topics on which Home Assistant looks for devices; without it, it is told nothing. */
  homeAssistantPrefix?: string
}

export type FleetOptions = Introduced & {
  vehicle: { fleet: string; id: string }
  /** Eyes out of a recording or a script: birth, status, health and every event say so. */
  simulated: boolean
  clock: Clock
  log: Log
  /** Where events wait; closed with the fleet. */
  outbox: Outbox
  /** Default: from 1 s to 60 s. */
  retry?: Retry
  /** Default: 10 minutes. */
  homeEveryMs?: number
  onState?: (state: LinkState) => void
  /** Told of every message on a command's topic and on `config/set`; must not throw. Without it, nothing is listened to. */
  onMessage?: (incoming: Incoming) => void
}

export interface Fleet {
  /**
   * Makes the event of a decision, keeps it, and has it sent. Returns at once; never throws.
   * @param nowWallMs ms since 1970 when it was decided
   * @param context what else is known of that moment
   */
  alert(decision: Decision, nowWallMs: number, context?: Context): Event
  /** Keeps a summary and has it sent, behind the alarms. Returns at once; never throws. */
  summary(summary: Summary): void
  /** While on, summaries wait in the outbox: the machine is under strain. */
  holdSummaries(isOn: boolean): void
  /** Sends a heartbeat, if there is a connection. Returns at once; never throws. */
  health(snapshot: HealthSnapshot): void
  /** Answers a command. Rejects with a FleetError when there is no connection, or the broker refuses. */
  answer(result: Result): Promise<void>
  /** Sends at once what the broker refused before. */
  sendAgain(): void
  /** What it tells of itself from now on: at once where there is a connection, and on every connect. Returns at once; never throws. */
  introduce(introduced: Introduced): void
  /** Goes on with another broker or login; what comes meanwhile waits in the outbox. Resolves within 3 s, when the new one is tried. Never rejects. */
  relink(config: LinkConfig): Promise<void>
  readonly isConnected: boolean
  /** Events not yet acknowledged. */
  readonly outboxDepth: number
  /** Sends what it can in 1 s, says `offline` and ends, within 3 s in all. */
  close(): Promise<void>
}

const LAST_EVENTS_WITHIN_MS = 1_000

/**
 * Starts connecting at once.
 * @param config the configuration's `fleet` section
 * @throws FleetError `topic-level` when fleet or vehicle cannot be part of a topic
 */
export const createFleet = (config: LinkConfig, options: FleetOptions): Fleet => {
  const { vehicle, simulated, clock, log } = options
  const topics = topicsOf(vehicle.fleet, vehicle.id)
  const { outbox } = options
  const ids = liveIds()
  const events = createEvents({
    ids,
    vehicle: vehicle.id,
    after: () => outbox.lastSeq,
    bootId: clock.bootId,
    recording: false,
    simulated,
  })
  const complain = createComplaints(log)
  let introduced: Introduced = options
  let isConnected = false
  let isOver = false

  const linkTo = (broker: LinkConfig): Link => {
    const made: Link = createLink({
      config: broker,
      topics,
      vehicle: vehicle.id,
      clientId: `kantuk-${vehicle.fleet}-${vehicle.id}`,
      birth,
      simulated,
      clock,
      log,
      onState: (state) => {
        // The one before it, on its way out.
        if (made !== link) return
        isConnected = state.state === 'connected'
        if (isConnected) {
          tellConfig()
          tellHomeAssistant()
        }
        sender.online(state.state === 'connected')
        options.onState?.(state)
      },
      ...(options.retry === undefined ? {} : { retry: options.retry }),
      ...(options.homeEveryMs === undefined ? {} : { homeEveryMs: options.homeEveryMs }),
      ...(options.onMessage === undefined
        ? {}
        : { listen: { filters: [topics.commands, topics.configSet], onMessage: options.onMessage } }),
    })
    return made
  }
  let link = linkTo(config)
  const bootWallMs = bootTime(clock)
  const now = (): Now => ({ bootId: clock.bootId, monotonicMs: clock.monotonicMs(), bootWallMs: bootWallMs() })
  let unreadable = 0
  const sender = createSender({
    outbox,
    send: async ({ id, kind, payload }) => {
      let message: object
      try {
        message = kind === 'alert' ? eventToSend(payload, now()) : summaryToSend(payload)
      } catch (error) {
        // Spoilt on disk: it can never be sent, and must not hold up the others for ever.
        unreadable += 1
        log.error(`The ${kind} ${id} in the outbox cannot be read and is given up: ${reasonOf(error)}`)
        return
      }
      const isUrgent = kind === 'alert' && 'historical' in message && message.historical === false
      await link.publish(topics[kind], message, { ...delivery[kind], isUrgent })
    },
    live: () => ({ bootId: clock.bootId, sinceMs: clock.monotonicMs() - HISTORICAL_AFTER_MS }),
    log,
  })

  function birth() {
    return buildBirth({ ...introduced.birth, vehicle: vehicle.id }, clock.wallMs(), simulated)
  }

  function tellConfig(): void {
    if (introduced.config === undefined) return
    const payload = buildConfig({ ...introduced.config, vehicle: vehicle.id }, clock.wallMs(), simulated)
    link.publish(topics.config, payload, delivery.config).catch(complain)
  }

  function tellHomeAssistant(): void {
    const { homeAssistantPrefix: prefix } = introduced
    if (prefix === undefined) return
    const { topic, payload } = buildDiscovery(prefix, vehicle.fleet, { ...introduced.birth, vehicle: vehicle.id }, topics)
    // Its own warning: the access list must let the vehicle publish there, too.
    link.publish(topic, payload, discoveryDelivery).catch(complain)
  }

  const alert: Fleet['alert'] = (decision, nowWallMs, context) => {
    const synced = bootWallMs() !== null
    const { event, begun } = events.next(decision, nowWallMs, synced, context === undefined ? {} : { context })
    outbox.put({
      id: event.id,
      kind: 'alert',
      seq: event.seq,
      level: event.level,
      bootId: event.clock.bootId,
      monotonicMs: event.clock.monotonicMs,
      wallMs: synced ? nowWallMs : null,
      payload: JSON.stringify({ ...event, begun }),
    })
    sender.wake(true)
    return event
  }

  const summary: Fleet['summary'] = ({ kind, payload }) => {
    const synced = bootWallMs() !== null
    outbox.put({
      id: payload.id,
      kind,
      // Behind the alerts there are by now; the ordinals of alerts have no gaps.
      seq: Math.max(1, outbox.lastSeq),
      level: 0,
      bootId: clock.bootId,
      monotonicMs: clock.monotonicMs(),
      wallMs: synced ? clock.wallMs() : null,
      payload: JSON.stringify(payload),
    })
    sender.wake(false)
  }

  const health: Fleet['health'] = (snapshot) => {
    const payload = buildHealth(snapshot, {
      vehicle: vehicle.id,
      wallMs: clock.wallMs(),
      outboxDepth: outbox.depth,
      outboxDropped: outbox.dropped + unreadable,
      simulated,
    })
    link.publish(topics.health, payload, delivery.health).catch((error: unknown) => log.debug(reasonOf(error)))
  }

  const wakeForOld = () => sender.wake(false)
  endCut({ outbox, ids, log }).then(wakeForOld, (error: unknown) =>
    log.error(`What an earlier run began cannot be ended: ${reasonOf(error)}`),
  )

  return {
    alert,
    summary,
    health,
    answer: (result) => link.publish(topics.result, result, delivery.result),
    holdSummaries: sender.hold,
    sendAgain: sender.retry,
    introduce(next) {
      introduced = next
      if (!isConnected) return
      link.publish(topics.birth, birth(), delivery.birth).catch((error: unknown) => log.debug(reasonOf(error)))
      tellConfig()
      tellHomeAssistant()
    },
    async relink(next) {
      await sender.settle(LAST_EVENTS_WITHIN_MS)
      await link.close()
      if (!isOver) link = linkTo(next)
    },
    get isConnected() {
      return isConnected
    },
    get outboxDepth() {
      return outbox.depth
    },
    close: async () => {
      isOver = true
      sender.hold(false)
      await sender.settle(LAST_EVENTS_WITHIN_MS)
      sender.close()
      await link.close()
      if (outbox.depth > 0)
        log.warn(
          `${outbox.depth} events had not reached the broker when the daemon stopped; those in the outbox's file are sent after the next start.`,
        )
      await outbox.close()
    },
  }
}

// For the inputs, which listen to a broker with the same login and the same sentences.
export { connectionFault, isVersionRefused, placeOf } from './faults.js'
export { clientOptions, type LinkConfig } from './link-options.js'
export type { Context } from './payloads/event.js'
