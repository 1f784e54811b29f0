/** Counts events and remembers incidents, so that each decision becomes the next event. Used live and by `replay`. */
import type { Decision } from '../judgement/decision.js'
import type { Ids } from './ids.js'
import { type Begun, begunAt, buildEvent, type Context, type Event, type Start, startOf } from './payloads/event.js'

export type EventsOptions = {
  ids: Ids
  vehicle: string
  bootId: string
  /** The last `seq` given out so far, by whomever; default 0. */
  after?: () => number
  /** True in `replay`: evidence tells `startedSeconds` instead of `startedAt`. */
  recording: boolean
  simulated: boolean
}

export interface Events {
  /**
   * The event of a decision, and when its incident began, to be kept with it.
   * @param wallMs ms since 1970 when it was decided
   * @param synced whether that clock is known to be right
   */
  next(decision: Decision, wallMs: number, synced: boolean, extra?: { context?: Context }): { event: Event; begun: Begun }
}

/** What all events of an episode share, laid down at its first. */
type Incident = { id: string; start: Start; begun: Begun }

// Episodes end, but a judgement that forgets to end one must not grow the memory: the oldest are forgotten.
const INCIDENTS_KEPT = 100

/** Counts on from `after`, whatever that has become meanwhile. */
export const createEvents = (options: EventsOptions): Events => {
  const incidents = new Map<number, Incident>()
  let seq = 0

  const incidentOf = (decision: Decision, wallMs: number, synced: boolean): Incident => {
    const known = incidents.get(decision.incident)
    if (known !== undefined) return known
    const incident = {
      id: options.ids.incident(decision.incident, wallMs),
      start: startOf(decision, wallMs, options.recording),
      begun: begunAt(decision, synced),
    }
    incidents.set(decision.incident, incident)
    const [oldest] = incidents.keys()
    if (incidents.size > INCIDENTS_KEPT && oldest !== undefined) incidents.delete(oldest)
    return incident
  }

  return {
    next: (decision, wallMs, synced, extra = {}) => {
      seq = Math.max(seq, options.after?.() ?? 0) + 1
      const incident = incidentOf(decision, wallMs, synced)
      const event = buildEvent(decision, {
        id: options.ids.event(seq, wallMs),
        incident: incident.id,
        start: incident.start,
        seq,
        vehicle: options.vehicle,
        wallMs,
        synced,
        bootId: options.bootId,
        simulated: options.simulated,
        ...extra,
      })
      return { event, begun: incident.begun }
    },
  }
}
