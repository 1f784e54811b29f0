/** A summary leaves out what was never known, rather than telling a nought. */
import { describe, expect, it } from 'vitest'
import { buildDay, buildTrip, day, trip } from '../../daemon/fleet/payloads/summary.js'
import { facts } from './summary-facts.js'

const tripOf = (changes: Parameters<typeof facts>[0]) => trip.parse(buildTrip(facts(changes), false))

describe('the summary of a trip', () => {
  it('tells shares, PERCLOS, blinks, precision and false alarms an hour where they are known', () => {
    expect(tripOf({})).toMatchObject({
      ...{ speedKnownShare: 1, supervisedShare: 1, blinksPerMinute: 16, precision: 0.5, falseAlarmsPerHour: 1 },
      perclos: { mean: 0.05, highest: 0.09, curve: [0.04, 0.06] },
    })
  })

  it('in which the vehicle never moved has no shares and no rate of false alarms, but a precision', () => {
    const parked = tripOf({ drivingMs: 0, speedKnownMs: 0, supervisedMs: 0 })
    for (const key of ['speedKnownShare', 'supervisedShare', 'falseAlarmsPerHour']) expect(parked).not.toHaveProperty(key)
    expect(parked.precision).toBe(0.5)
  })

  it('in which neither blinks nor PERCLOS were ever known, and nobody has judged, tells none of them', () => {
    const perclos = { sum: 0, knownMs: 0, highest: 0, stepMinutes: 5, curve: [] }
    const unknown = tripOf({ perclos, blinks: { sum: 0, knownMs: 0 }, verdicts: { right: 0, wrong: 0, none: 1 } })
    for (const key of ['perclos', 'blinksPerMinute', 'precision', 'falseAlarmsPerHour']) expect(unknown).not.toHaveProperty(key)
  })

  it('keeps the gaps of the curve as gaps', () => {
    const perclos = { ...facts().perclos, curve: [0.04, null, 0.06] }
    expect(tripOf({ perclos }).perclos?.curve).toEqual([0.04, null, 0.06])
  })

  it('of eyes out of a script says so, and whether a stop cut it', () => {
    expect(buildTrip(facts({ simulated: true }), true)).toMatchObject({ simulated: true, cut: true })
    expect(buildTrip(facts(), false)).not.toHaveProperty('simulated')
    expect(day.parse(buildDay(facts(), '2026-11-24', 2))).toMatchObject({ date: '2026-11-24', trips: 2 })
  })
})
