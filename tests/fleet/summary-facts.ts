/** What a trip of an hour was told by, where all was known. */
import type { PeriodFacts } from '../../daemon/fleet/payloads/summary.js'

const HOUR_MS = 3_600_000

export const facts = (changes: Partial<PeriodFacts> = {}): PeriodFacts => ({
  id: '019ab1c2-3d4e-7f60-8a1b-2c3d4e5f6071',
  vehicle: 'bus-12',
  startedWallMs: Date.parse('2026-11-24T08:00:00Z'),
  endedWallMs: Date.parse('2026-11-24T09:00:00Z'),
  clockSynced: true,
  drivingMs: HOUR_MS,
  speedKnownMs: HOUR_MS,
  supervisedMs: HOUR_MS,
  closures: { from500Ms: 0, from1000Ms: 1, from3000Ms: 0, longestMs: 1200 },
  perclos: { sum: 0.05 * HOUR_MS, knownMs: HOUR_MS, highest: 0.09, stepMinutes: 30, curve: [0.04, 0.06] },
  blinks: { sum: 16 * HOUR_MS, knownMs: HOUR_MS },
  incidents: [{ rule: 'microsleep', level: 2, count: 1 }],
  verdicts: { right: 1, wrong: 1, none: 0 },
  simulated: false,
  ...changes,
})
