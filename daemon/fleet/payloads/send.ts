/** What is said of an event only when it goes: whether it is history, and its times of day if the clock has been set right since. */
import { z } from 'zod'
import { rfc3339 } from './common.js'
import { begun } from './event.js'

/** The clocks at the moment of sending. */
export type Now = {
  bootId: string
  monotonicMs: number
  /** ms since 1970 at which the monotonic clock stood at 0, one number for the whole boot; null: not known yet. */
  bootWallMs: number | null
}

// Contract: sent later than this after it happened, an event is history.
export const HISTORICAL_AFTER_MS = 10_000

// Loose: an event that an earlier version left in the outbox goes as it is.
const kept = z.looseObject({
  at: z.iso.datetime(),
  clock: z.looseObject({ synced: z.boolean(), monotonicMs: z.number(), bootId: z.string() }),
  evidence: z.looseObject({ startedAt: z.exactOptional(z.iso.datetime()) }),
  begun: z.exactOptional(begun),
})

type Kept = z.infer<typeof kept>

/** The boot's beginning as far as it is known to be right: by the clock of now, or by the event's own where that was right when it was made. */
const bootWallMsOf = ({ at, clock }: Kept, now: Now): number | null => {
  if (clock.bootId === now.bootId && now.bootWallMs !== null) return now.bootWallMs
  return clock.synced ? Date.parse(at) - clock.monotonicMs : null
}

/** Of an earlier version, which did not keep it: its wall clock was the same at both ends. */
const begunOf = ({ at, clock, evidence }: Kept): z.infer<typeof begun> => ({
  monotonicMs: clock.monotonicMs - (Date.parse(at) - Date.parse(evidence.startedAt ?? at)),
  synced: clock.synced,
})

/**
 * The event as it goes out. Told by the clock that does not jump: what happened more than 10 s ago, or before this boot, is historical.
 * An event whose time of day was not known to be right, made in this boot, gets the right one once the clock has been synchronised;
 * one of an earlier boot keeps `clock.synced: false`. `startedAt` of an incident that began before the synchronisation is set right in each of its
 * events by the same numbers, so that all that go after it say the same.
 * @param payload JSON as it lies in the outbox: an event, with when its incident began by the clock that does not jump
 * @throws SyntaxError, ZodError when it is no event: the file was spoilt
 */
export const eventToSend = (payload: string, now: Now): object => {
  const known = kept.parse(JSON.parse(payload))
  const { begun: start = begunOf(known), ...event } = known
  const { clock, evidence } = event
  const isThisBoot = clock.bootId === now.bootId
  const historical = !isThisBoot || now.monotonicMs - clock.monotonicMs > HISTORICAL_AFTER_MS
  const bootWallMs = bootWallMsOf(known, now)
  if (bootWallMs === null) return { ...event, historical }
  const isStartWrong = evidence.startedAt !== undefined && !start.synced
  return {
    ...event,
    at: clock.synced ? event.at : rfc3339(bootWallMs + clock.monotonicMs),
    clock: { ...clock, synced: true },
    evidence: isStartWrong ? { ...evidence, startedAt: rfc3339(bootWallMs + start.monotonicMs) } : evidence,
    historical,
  }
}

/** A summary goes as it was made. @throws SyntaxError, ZodError when it is none: the file was spoilt */
export const summaryToSend = (payload: string): object => z.looseObject({ id: z.string() }).parse(JSON.parse(payload))
