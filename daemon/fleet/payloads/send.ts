/** What is said of an event only when it goes: whether it is history, and its time of day if the clock has been set right since. */
import { z } from 'zod'
import { rfc3339 } from './common.js'

/** The clocks at the moment of sending. */
export type Now = { bootId: string; monotonicMs: number; wallMs: number; synced: boolean }

// Contract: sent later than this after it happened, an event is history.
export const HISTORICAL_AFTER_MS = 10_000

// Loose: an event that an earlier version left in the outbox goes as it is.
const kept = z.looseObject({
  at: z.iso.datetime(),
  clock: z.looseObject({ synced: z.boolean(), monotonicMs: z.number(), bootId: z.string() }),
  evidence: z.looseObject({ startedAt: z.exactOptional(z.iso.datetime()) }),
})

/**
 * The event as it goes out. Told by the clock that does not jump: what happened more than 10 s ago, or before this boot, is historical.
 * An event whose time of day was not known to be right, made in this boot, gets the right one once the clock has been synchronised;
 * one of an earlier boot keeps `clock.synced: false`.
 * @param payload JSON as it lies in the outbox
 * @throws SyntaxError, ZodError when it is no event: the file was spoilt
 */
export const eventToSend = (payload: string, now: Now): object => {
  const event = kept.parse(JSON.parse(payload))
  const { clock, evidence } = event
  const isThisBoot = clock.bootId === now.bootId
  const agoMs = now.monotonicMs - clock.monotonicMs
  const historical = !isThisBoot || agoMs > HISTORICAL_AFTER_MS
  if (clock.synced || !isThisBoot || !now.synced) return { ...event, historical }
  const wrongByMs = now.wallMs - agoMs - Date.parse(event.at)
  const corrected = (time: string): string => rfc3339(Date.parse(time) + wrongByMs)
  return {
    ...event,
    at: corrected(event.at),
    clock: { ...clock, synced: true },
    evidence: evidence.startedAt === undefined ? evidence : { ...evidence, startedAt: corrected(evidence.startedAt) },
    historical,
  }
}

/** A summary goes as it was made. @throws SyntaxError, ZodError when it is none: the file was spoilt */
export const summaryToSend = (payload: string): object => z.looseObject({ id: z.string() }).parse(JSON.parse(payload))
