/** Incidents of days that were told, so that a verdict that comes later is told with a later day. */
import { z } from 'zod'
import { type LateVerdict, MOST_LATE } from '../fleet/payloads/summary.js'
import { kindOf, type VerdictOf } from './report.js'
import type { Finished } from './saved.js'

export const pastIncident = z.strictObject({
  incident: z.string(),
  /** The day whose summary counts it: "2026-11-24". */
  date: z.string(),
  /** By rule and highest level: "microsleep 2". */
  kind: z.string(),
  /** The verdict that a summary has counted; null: none. */
  told: z.boolean().nullable(),
})
export type PastIncident = z.infer<typeof pastIncident>

export interface Past {
  /** Oldest first. */
  known(): readonly PastIncident[]
  /** Later ones of the same incident take the place of earlier ones. Returns at once; never throws. */
  add(incidents: readonly PastIncident[]): void
}

// Own: a week of a lorry that tells 6 an hour day and night, months of one that is driven well.
const MOST_PAST = 1_000

/** The newest, for this run. @param keep takes what is added, to keep it */
export const createPast = (from: readonly PastIncident[] = [], keep: (added: readonly PastIncident[]) => void = () => undefined): Past => {
  const past = new Map<string, PastIncident>()
  const take = (incidents: readonly PastIncident[]): void => {
    for (const each of incidents) {
      past.delete(each.incident)
      past.set(each.incident, each)
    }
    for (const oldest of [...past.keys()].slice(0, Math.max(0, past.size - MOST_PAST))) past.delete(oldest)
  }
  take(from)
  return {
    known: () => [...past.values()],
    add(incidents) {
      take(incidents)
      keep(incidents)
    },
  }
}

/** What was said of past incidents since a summary has counted them, at most `MOST_LATE`. Pure. */
export const lateVerdicts = (past: readonly PastIncident[], verdictOf: VerdictOf): LateVerdict[] =>
  past
    .flatMap(({ incident, date, kind, told }): LateVerdict[] => {
      const verdict = verdictOf(incident)
      const what = kindOf(kind)
      if (verdict === null || verdict === told || what === null) return []
      return [{ incident, date, ...what, verdict, ...(told === null ? {} : { before: told }) }]
    })
    .slice(0, MOST_LATE)

/** What a day that was told leaves to be remembered. Pure. */
export const pastOf = (over: Finished, verdictOf: VerdictOf): PastIncident[] =>
  over.kind === 'trip'
    ? []
    : [
        ...over.late.map(({ incident, date, rule, level, verdict }) => ({ incident, date, kind: `${rule} ${level}`, told: verdict })),
        ...Object.entries(over.counted.incidentKinds).map(([incident, kind]) => ({
          ...{ incident, date: over.date, kind },
          told: verdictOf(incident),
        })),
      ]
