/** What is counted over a trip or a day. Pure: time is an argument; what it holds can be kept and taken up again. */
import { z } from 'zod'
import type { Rule } from '../judgement/decision.js'
import { addToCurve, curve, emptyCurve } from './curve.js'

/** Sums over the time driven. ms are of the monotonic clock; shares are 0..1. */
export const tally = z.strictObject({
  drivingMs: z.number(),
  supervisedMs: z.number(),
  speedKnownMs: z.number(),
  /** Closures that lasted so long and no longer than the next. */
  closures: z.strictObject({ from500Ms: z.number(), from1000Ms: z.number(), from3000Ms: z.number(), longestMs: z.number() }),
  perclos: z.strictObject({ sum: z.number(), knownMs: z.number(), highest: z.number(), curve }),
  blinks: z.strictObject({ sum: z.number(), knownMs: z.number() }),
  /** By rule and highest level: "microsleep 2". */
  incidents: z.record(z.string(), z.number()),
  /** The newest incidents, for the verdicts on them. */
  incidentIds: z.array(z.string()),
  /** Of each of these, as in `incidents`; an earlier version has kept none. */
  incidentKinds: z.record(z.string(), z.string()).default({}),
})

export type Tally = z.infer<typeof tally>

/** One judged observation, as far as it counts. */
export type Moment = {
  /** ms on the monotonic clock. */
  atMs: number
  isSeen: boolean
  /** The closure that runs, 0 without one. */
  closedMs: number
  perclos60: number | null
  blinksPerMinute: number | null
  speedKmh: number | null
  /** null: not known. */
  ignition: boolean | null
}

/** One event of an incident. */
export type IncidentStep = { incident: string; rule: Rule; level: number; phase: 'raised' | 'escalated' | 'ended' }

export interface Period {
  step(moment: Moment): void
  incident(step: IncidentStep): void
  /** A copy of what was counted. */
  read(): Tally
}

// Design, `slump`: known to be slower, the vehicle stands.
const DRIVES_FROM_KMH = 5
// Own: with or without a camera, the vision host gives word within 1.5 s. A longer time was no watch at all.
const LONGEST_STEP_MS = 2_000
// Own: a day of 40 incidents an hour; verdicts on older ones are counted by the fleet alone.
const MOST_IDS = 1_000
// Design, table of rules: `slow-closures` from 0.5 s, `microsleep` from 1 s, `sleep` from 3 s.
const SLOW_MS = 500
const MICROSLEEP_MS = 1_000
const SLEEP_MS = 3_000

export const emptyTally = (): Tally => ({
  drivingMs: 0,
  supervisedMs: 0,
  speedKnownMs: 0,
  closures: { from500Ms: 0, from1000Ms: 0, from3000Ms: 0, longestMs: 0 },
  perclos: { sum: 0, knownMs: 0, highest: 0, curve: emptyCurve() },
  blinks: { sum: 0, knownMs: 0 },
  incidents: {},
  incidentIds: [],
  incidentKinds: {},
})

/** Moving, or not known to stand. */
const drives = ({ speedKmh, ignition }: Moment): boolean => (speedKmh === null ? ignition !== false : speedKmh >= DRIVES_FROM_KMH)

const countClosure = (closures: Tally['closures'], lastedMs: number): void => {
  if (lastedMs < SLOW_MS) return
  closures[lastedMs < MICROSLEEP_MS ? 'from500Ms' : lastedMs < SLEEP_MS ? 'from1000Ms' : 'from3000Ms'] += 1
  closures.longestMs = Math.max(closures.longestMs, lastedMs)
}

/** @param from what an earlier run had counted */
export const createPeriod = (from: Tally = emptyTally()): Period => {
  const counted = structuredClone(from)
  const open = new Map<string, string>()
  let lastMs: number | null = null
  let closedMs = 0

  const drive = (moment: Moment, ms: number): void => {
    const { perclos, blinks } = counted
    addToCurve(perclos.curve, counted.drivingMs, moment.perclos60, ms)
    counted.drivingMs += ms
    if (moment.isSeen) counted.supervisedMs += ms
    if (moment.speedKmh !== null) counted.speedKnownMs += ms
    if (moment.perclos60 !== null) {
      perclos.sum += moment.perclos60 * ms
      perclos.knownMs += ms
      perclos.highest = Math.max(perclos.highest, moment.perclos60)
    }
    if (moment.blinksPerMinute !== null) {
      blinks.sum += moment.blinksPerMinute * ms
      blinks.knownMs += ms
    }
  }

  const remember = (incident: string): void => {
    const ids = [...counted.incidentIds, incident]
    for (const forgotten of ids.splice(0, ids.length - MOST_IDS)) delete counted.incidentKinds[forgotten]
    counted.incidentIds = ids
  }

  return {
    step(moment) {
      const ms = lastMs === null ? 0 : Math.min(LONGEST_STEP_MS, Math.max(0, moment.atMs - lastMs))
      lastMs = moment.atMs
      const isDriving = drives(moment)
      // One that falls back, to 0 or to the beginning of the next, is over.
      if (moment.closedMs < closedMs && isDriving) countClosure(counted.closures, closedMs)
      closedMs = moment.closedMs
      if (isDriving) drive(moment, ms)
    },
    incident({ incident, rule, level, phase }) {
      const before = open.get(incident)
      if (phase === 'ended') {
        open.delete(incident)
        return
      }
      const now = `${rule} ${level}`
      // An incident counts once, by the highest it reached.
      if (before !== undefined) counted.incidents[before] = (counted.incidents[before] ?? 1) - 1
      else remember(incident)
      counted.incidents[now] = (counted.incidents[now] ?? 0) + 1
      counted.incidentKinds[incident] = now
      open.set(incident, now)
    },
    read: () => structuredClone(counted),
  }
}
