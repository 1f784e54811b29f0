/** What is kept of the summaries from one start to the next, and whether a trip is still the same one after it. Pure. */
import { z } from 'zod'
import { lateVerdict } from '../fleet/payloads/summary.js'
import { tally } from './period.js'

/** The clocks at one moment. */
export const moment = z.strictObject({ bootId: z.string(), monotonicMs: z.number(), wallMs: z.number(), synced: z.boolean() })
export type Clocks = z.infer<typeof moment>

/** A trip or a day that is under way, or over and told. */
export const savedPeriod = z.strictObject({
  /** UUIDv7, given at its beginning: told twice, it has the same id twice. */
  id: z.string(),
  began: moment,
  /** When it was last counted on. */
  last: moment,
  counted: tally,
})
export type SavedPeriod = z.infer<typeof savedPeriod>

export const savedDay = savedPeriod.extend({
  /** In the machine's own time zone: "2026-11-24". */
  date: z.string(),
  trips: z.number(),
})
export type SavedDay = z.infer<typeof savedDay>

const finishedTrip = savedPeriod.extend({ kind: z.literal('trip'), cut: z.boolean() })
/** `late`: verdicts on incidents of days before it that came too late for theirs. */
const finishedDay = savedDay.extend({ kind: z.literal('day'), late: z.array(lateVerdict).default([]) })

/** Over. `cut`: by a stop or a loss of power, not by the ignition. */
export const finished = z.discriminatedUnion('kind', [finishedTrip, finishedDay])
export type Finished = z.infer<typeof finished>

export const savedSummaries = z.strictObject({
  trip: savedPeriod.nullable(),
  day: savedDay.nullable(),
  /** Told, but perhaps not yet safe in the outbox: told again after a crash. */
  told: z.array(finished),
})
export type SavedSummaries = z.infer<typeof savedSummaries>

// Own: an update, a change of settings or a crash takes less; a lunch break with the power off takes longer.
export const SAME_TRIP_WITHIN_MS = 10 * 60_000

/** That moment by the clock of `now`, where it has been set right since, in the same boot; else as it was noted. */
export const setRight = (then: Clocks, now: Clocks): Clocks =>
  then.synced || !now.synced || then.bootId !== now.bootId
    ? then
    : { ...then, wallMs: now.wallMs - (now.monotonicMs - then.monotonicMs), synced: true }

/** ms between two moments; null when nobody can say, since the power was off in between and a clock was not right. */
export const betweenMs = (before: Clocks, after: Clocks): number | null => {
  if (before.bootId === after.bootId) return after.monotonicMs - before.monotonicMs
  return before.synced && after.synced ? after.wallMs - before.wallMs : null
}

/** True while a trip that was last counted on `before` may go on. */
export const isSameTrip = (before: Clocks, now: Clocks): boolean => {
  const ms = betweenMs(before, now)
  return ms !== null && ms >= 0 && ms <= SAME_TRIP_WITHIN_MS
}
