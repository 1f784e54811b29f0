/** A vehicle for the stories of trips and days. */
import type { Summary } from '../../daemon/fleet/payloads/summary.js'
import { createPast, createSummaries, pastIncident, type Summaries, savedSummaries } from '../../daemon/summary/index.js'
import type { PastIncident } from '../../daemon/summary/past.js'
import type { SavedSummaries } from '../../daemon/summary/saved.js'

export const HOUR_MS = 3_600_000
export const MINUTE_MS = 60_000

/** Its daemon can be started and ended, and it has a clock of its own. */
export const setUp = ({ isKept = true, verdicts = new Map<string, boolean>() } = {}) => {
  const clock = { bootId: 'boot-1', monotonicMs: 5_000, wallMs: Date.parse('2026-11-24T08:00:00Z'), synced: true }
  const told: Summary[] = []
  let kept: SavedSummaries | null = null
  let ids = 0
  let summaries: Summaries
  const passed: PastIncident[] = []
  const keep = (state: SavedSummaries) => {
    if (isKept) kept = savedSummaries.parse(JSON.parse(JSON.stringify(state)))
  }
  const start = () => {
    summaries = createSummaries({
      vehicle: 'bus-12',
      simulated: false,
      saved: kept,
      isKept,
      now: () => ({ ...clock }),
      dateOf: (wallMs) => new Date(wallMs).toISOString().slice(0, 10),
      newId: () => `id-${++ids}`,
      verdictOf: (incident) => verdicts.get(incident) ?? null,
      past: createPast(passed, (added) => void passed.push(...added.map((each) => pastIncident.parse(JSON.parse(JSON.stringify(each)))))),
      tell: (summary) => void told.push(summary),
    })
  }
  const wait = (ms: number) => {
    clock.monotonicMs += ms
    clock.wallMs += ms
  }
  const drive = (minutes: number) => {
    const step = () =>
      summaries.step({
        ...{ isSeen: true, closedMs: 0, perclos60: 0.02, blinksPerMinute: 16, speedKmh: 80, ignition: true },
        atMs: clock.monotonicMs,
      })
    step()
    for (let ms = 0; ms < minutes * MINUTE_MS; ms += 1000) {
      wait(1000)
      step()
      if (ms % (5 * MINUTE_MS) === 0) keep(summaries.turn())
    }
    keep(summaries.turn())
  }
  start()
  return {
    clock,
    told,
    wait,
    drive,
    incident: (incident: string) => summaries.incident({ incident, rule: 'microsleep', level: 2, phase: 'raised' }),
    asleep: (incident: string) => summaries.incident({ incident, rule: 'sleep', level: 3, phase: 'raised' }),
    verdicts,
    dayOf: (date: string) => told.flatMap(({ kind, payload }) => (kind === 'day' && payload.date === date ? [payload] : [])),
    ignition: (isOn: boolean) => {
      if (isOn) summaries.tripBegan()
      else summaries.tripEnded()
      keep(summaries.read())
    },
    turn: () => keep(summaries.turn()),
    stop: () => keep(summaries.stop()),
    /** A start with an empty state folder. */
    forget: () => {
      kept = null
      start()
    },
    /** Nothing is written any more: the daemon is killed, or the plug pulled. */
    start,
  }
}
