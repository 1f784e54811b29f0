/** Incidents that stand: begun, and not yet told as over. Each is kept as the `ended` that the next start tells, should this run be cut. Pure. */
import { z } from 'zod'
import type { Entry } from './types.js'

const figure = z.union([z.number(), z.string()])

// Loose: what an earlier version left goes on as it was.
const told = z.looseObject({
  rule: z.string(),
  level: z.number(),
  at: z.iso.datetime(),
  clock: z.looseObject({ monotonicMs: z.number(), bootId: z.string(), synced: z.boolean() }),
  phase: z.string(),
  incident: z.string(),
  evidence: z.object({ startedAt: z.exactOptional(z.iso.datetime()), durationMs: z.exactOptional(z.number()) }).catchall(figure),
})

/** An event; or an `ended` that lacks only its id and its `seq`. */
export type Told = z.infer<typeof told>

/** @returns null where it is none, or spoilt */
export const toldIn = (json: string): Told | null => {
  try {
    return told.safeParse(JSON.parse(json)).data ?? null
  } catch {
    // no JSON: the file was spoilt, and there is nothing to tell
    return null
  }
}

/** Over with its last event: how long it went on after that, nobody knows. Durations are taken on the clock that does not jump. */
const endingOf = (event: Told, before: Told | null): Told => {
  const { startedAt } = event.evidence
  const durationMs =
    before === null
      ? Date.parse(event.at) - Date.parse(startedAt ?? event.at)
      : (before.evidence.durationMs ?? 0) + event.clock.monotonicMs - before.clock.monotonicMs
  const level = Math.max(event.level, before?.level ?? 0)
  const evidence = { durationMs: Math.max(0, Math.round(durationMs)), highestLevel: level, cause: 'cut' }
  return { ...event, level, phase: 'ended', evidence: { ...evidence, ...(startedAt === undefined ? {} : { startedAt }) } }
}

/**
 * What stands after an alert.
 * @param before what stood of its incident
 * @returns null: it is no incident (a self-test is never ended)
 */
export const standingAfter = (
  entry: Entry,
  before: (incident: string) => string | null,
): { incident: string; ending: string | null } | null => {
  if (entry.kind !== 'alert') return null
  const event = toldIn(entry.payload)
  if (event === null || event.rule === 'self-test') return null
  const { incident } = event
  if (event.phase === 'ended') return { incident, ending: null }
  const stood = before(incident)
  return { incident, ending: JSON.stringify(endingOf(event, stood === null ? null : toldIn(stood))) }
}
