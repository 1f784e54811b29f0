/** Trips over stops, crashes and reboots: what is told, and under which id. */
import { describe, expect, it } from 'vitest'
import type { Summary } from '../../daemon/fleet/payloads/summary.js'
import { MINUTE_MS, setUp } from './vehicle.js'

const minutesOf = ({ payload }: Summary): number => Math.round(payload.drivingSeconds / 60)

describe('a trip', () => {
  it('is told when the ignition goes off, with what was driven', () => {
    const bus = setUp()
    bus.ignition(true)
    bus.drive(90)
    bus.ignition(false)
    expect(bus.told).toEqual([
      {
        kind: 'trip',
        payload: expect.objectContaining({
          startedAt: '2026-11-24T08:00:00.000Z',
          endedAt: '2026-11-24T09:30:00.000Z',
          drivingSeconds: 5400,
          supervisedShare: 1,
          clockSynced: true,
        }),
      },
    ])
    expect(bus.told[0]?.payload).not.toHaveProperty('cut')
  })

  it.each([
    ['an update', true],
    ['a crash', false],
  ])('goes on over %s of two minutes', (_, isInOrder) => {
    const bus = setUp()
    bus.ignition(true)
    bus.drive(40)
    if (isInOrder) bus.stop()
    bus.wait(2 * MINUTE_MS)
    bus.start()
    bus.ignition(true)
    bus.drive(20)
    bus.ignition(false)
    expect(bus.told.map((summary) => [summary.kind, minutesOf(summary), summary.payload.startedAt])).toEqual([
      ['trip', 60, '2026-11-24T08:00:00.000Z'],
    ])
  })

  it('goes on over a reboot where both clocks were right', () => {
    const bus = setUp()
    bus.ignition(true)
    bus.drive(40)
    bus.wait(MINUTE_MS)
    Object.assign(bus.clock, { bootId: 'boot-2', monotonicMs: 4_000 })
    bus.start()
    bus.ignition(true)
    bus.drive(20)
    bus.ignition(false)
    expect(bus.told.map(minutesOf)).toEqual([60])
  })

  it.each([
    ['after eleven minutes without power', 11 * MINUTE_MS, true],
    ['after a reboot with a clock that is not known to be right', MINUTE_MS, false],
  ])('is told at the next start, as cut, %s; what comes is another one', (_, pauseMs, synced) => {
    const bus = setUp()
    bus.ignition(true)
    bus.drive(40)
    bus.wait(pauseMs)
    Object.assign(bus.clock, { bootId: 'boot-2', monotonicMs: 4_000, synced })
    bus.start()
    bus.ignition(true)
    bus.drive(20)
    bus.ignition(false)
    expect(bus.told.map((summary) => [minutesOf(summary), 'cut' in summary.payload])).toEqual([
      [40, true],
      [20, false],
    ])
    expect(new Set(bus.told.map(({ payload }) => payload.id)).size).toBe(2)
  })

  it('is told as cut when the daemon comes back and the ignition stays off', () => {
    const bus = setUp()
    bus.ignition(true)
    bus.drive(40)
    bus.stop()
    bus.wait(MINUTE_MS)
    bus.start()
    bus.turn()
    expect(bus.told).toEqual([])
    bus.wait(11 * MINUTE_MS)
    bus.turn()
    expect(bus.told.map((summary) => [minutesOf(summary), 'cut' in summary.payload])).toEqual([[40, true]])
  })

  it('that was told just before a crash is told again under the same id, and after a stop in order it is not', () => {
    const bus = setUp()
    bus.ignition(true)
    bus.drive(10)
    bus.ignition(false)
    bus.start()
    expect(bus.told.map(({ payload }) => payload.id)).toEqual([bus.told[0]?.payload.id, bus.told[0]?.payload.id])
    bus.stop()
    bus.start()
    expect(bus.told).toHaveLength(2)
  })

  it('is told when the daemon stops, where there is nowhere to keep it', () => {
    const bus = setUp({ isKept: false })
    bus.ignition(true)
    bus.drive(10)
    bus.stop()
    bus.ignition(false)
    expect(bus.told.map((summary) => [minutesOf(summary), 'cut' in summary.payload])).toEqual([[10, true]])
  })

  it('in which nothing was driven and nothing happened is not told', () => {
    const bus = setUp()
    bus.ignition(true)
    bus.ignition(false)
    expect(bus.told).toEqual([])
  })

  it('tells what people said of its alarms until then, and precision and false alarms an hour by it', () => {
    const verdicts = new Map([
      ['a', true],
      ['b', false],
      ['of another trip', false],
    ])
    const bus = setUp({ verdicts })
    bus.ignition(true)
    for (const incident of ['a', 'b', 'c']) bus.incident(incident)
    bus.drive(30)
    bus.ignition(false)
    expect(bus.told[0]?.payload).toMatchObject({
      incidents: [{ rule: 'microsleep', level: 2, count: 3, right: 1, wrong: 1 }],
      verdicts: { right: 1, wrong: 1, none: 1 },
      precision: 0.5,
      falseAlarmsPerHour: 2,
    })
  })
})
