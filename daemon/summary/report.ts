/** From what was counted to what is told. Pure. */
import { buildDay, buildTrip, type PeriodFacts, type Summary } from '../fleet/payloads/summary.js'
import { type Rule, rules } from '../judgement/decision.js'
import { meansOf } from './curve.js'
import type { Tally } from './period.js'
import type { Finished, SavedPeriod } from './saved.js'

/** What people have said of an incident: rightly warned, a false alarm, or nothing yet. */
export type VerdictOf = (incident: string) => boolean | null

const isRule = (name: string): name is Rule => rules.some((rule) => rule === name)

/** "microsleep 2" as what it is; null where this version knows no such rule. */
export const kindOf = (key: string): { rule: Rule; level: number } | null => {
  const [rule = '', level = ''] = key.split(' ')
  return isRule(rule) ? { rule, level: Number(level) } : null
}

const incidentsOf = ({ incidents, incidentKinds }: Tally, verdictOf: VerdictOf): PeriodFacts['incidents'] => {
  const said = Object.entries(incidentKinds).map(([incident, key]) => ({ key, verdict: verdictOf(incident) }))
  const count = (key: string, verdict: boolean) => said.filter((each) => each.key === key && each.verdict === verdict).length
  return Object.entries(incidents).flatMap(([key, counted]) => {
    const kind = kindOf(key)
    return kind !== null && counted > 0 ? [{ ...kind, count: counted, right: count(key, true), wrong: count(key, false) }] : []
  })
}

const factsOf = ({ id, began, last, counted }: SavedPeriod, vehicle: string, verdictOf: VerdictOf, simulated: boolean): PeriodFacts => {
  const incidents = incidentsOf(counted, verdictOf)
  const all = incidents.reduce((sum, { count }) => sum + count, 0)
  const said = counted.incidentIds.map(verdictOf)
  const right = said.filter((verdict) => verdict === true).length
  const wrong = said.filter((verdict) => verdict === false).length
  const { sum, knownMs, highest, curve } = counted.perclos
  return {
    id,
    vehicle,
    startedWallMs: began.wallMs,
    endedWallMs: last.wallMs,
    clockSynced: began.synced && last.synced,
    drivingMs: counted.drivingMs,
    speedKnownMs: counted.speedKnownMs,
    supervisedMs: counted.supervisedMs,
    closures: counted.closures,
    perclos: { sum, knownMs, highest, stepMinutes: curve.stepMinutes, curve: meansOf(curve) },
    blinks: counted.blinks,
    incidents,
    verdicts: { right, wrong, none: Math.max(0, all - right - wrong) },
    simulated,
  }
}

/** Null: nothing was driven and nothing happened, which nobody needs to be told. */
export const summaryOf = (over: Finished, vehicle: string, verdictOf: VerdictOf, simulated: boolean): Summary | null => {
  const facts = factsOf(over, vehicle, verdictOf, simulated)
  const late = over.kind === 'day' ? over.late : []
  if (facts.drivingMs < 1000 && facts.incidents.length === 0 && late.length === 0) return null
  return over.kind === 'trip'
    ? { kind: 'trip', payload: buildTrip(facts, over.cut) }
    : { kind: 'day', payload: buildDay(facts, over.date, over.trips, late) }
}
