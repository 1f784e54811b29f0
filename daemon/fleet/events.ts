/** Counts events and remembers incidents, so that each decision becomes the next event. Used live and by `replay`. */
import type { Decision } from '../judgement/decision.js'
import type { Ids } from './ids.js'
import { buildEvent, type Context, type Event } from './payloads/event.js'

export type EventsOptions = {
  ids: Ids
  vehicle: string
  /** Version of the policy. */
  policy: string
  bootId: string
  /** True in `replay`: evidence tells `startedSeconds` instead of `startedAt`. */
  recording: boolean
  simulated: boolean
}

export interface Events {
  /** The event of a decision. `wallMs` is ms since 1970 when it was decided; `synced`, whether that clock is known to be right. */
  next(decision: Decision, wallMs: number, synced: boolean, extra?: { context?: Context; quiet?: boolean }): Event
}

// Episodes end, but a judgement that forgets to end one must not grow the memory: the oldest are forgotten.
const INCIDENTS_KEPT = 100

/** A counter of its own: `seq` starts at 1. */
export const createEvents = (options: EventsOptions): Events => {
  const incidents = new Map<number, string>()
  let seq = 0

  const incidentId = (ordinal: number, wallMs: number): string => {
    const id = incidents.get(ordinal) ?? options.ids.incident(ordinal, wallMs)
    incidents.set(ordinal, id)
    const [oldest] = incidents.keys()
    if (incidents.size > INCIDENTS_KEPT && oldest !== undefined) incidents.delete(oldest)
    return id
  }

  return {
    next: (decision, wallMs, synced, extra = {}) => {
      seq += 1
      return buildEvent(decision, {
        id: options.ids.event(seq, wallMs),
        incident: incidentId(decision.incident, wallMs),
        seq,
        vehicle: options.vehicle,
        policy: options.policy,
        wallMs,
        synced,
        bootId: options.bootId,
        recording: options.recording,
        simulated: options.simulated,
        ...extra,
      })
    },
  }
}
