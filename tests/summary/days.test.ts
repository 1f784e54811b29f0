/** Days over nights, restarts and wrong clocks: what is told, and under which date. */
import { describe, expect, it } from 'vitest'
import type { Summary } from '../../daemon/fleet/payloads/summary.js'
import { HOUR_MS, MINUTE_MS, setUp } from './vehicle.js'

const minutesOf = ({ payload }: Summary): number => Math.round(payload.drivingSeconds / 60)

describe('a day', () => {
  const days = ({ told }: ReturnType<typeof setUp>) =>
    told.flatMap(({ kind, payload }) => (kind === 'day' ? [[payload.date, Math.round(payload.drivingSeconds / 60), payload.trips]] : []))

  it('is told at midnight, over all its trips; a trip at midnight goes on', () => {
    const bus = setUp()
    for (const minutes of [60, 120]) {
      bus.ignition(true)
      bus.drive(minutes)
      bus.ignition(false)
    }
    bus.wait(12 * HOUR_MS)
    bus.ignition(true)
    bus.drive(120)
    expect(days(bus)).toEqual([['2026-11-24', 240, 3]])
    bus.ignition(false)
    expect(minutesOf(bus.told.at(-1) ?? expect.fail())).toBe(120)
  })

  it('over which the vehicle slept is told when it is next awake', () => {
    const bus = setUp()
    bus.ignition(true)
    bus.drive(60)
    bus.ignition(false)
    bus.stop()
    bus.wait(70 * HOUR_MS)
    bus.start()
    expect(days(bus)).toEqual([['2026-11-24', 60, 1]])
  })

  it('that began under a clock years ahead takes the date that it has by then, and the days after it are told', () => {
    const bus = setUp()
    const rightMs = bus.clock.wallMs
    Object.assign(bus.clock, { wallMs: Date.parse('2036-01-01T00:00:00Z'), synced: false })
    bus.start()
    bus.turn()
    Object.assign(bus.clock, { wallMs: rightMs, synced: true })
    bus.turn()
    for (let day = 0; day < 3; day++) {
      bus.drive(60)
      bus.wait(23 * 60 * MINUTE_MS)
      bus.turn()
    }
    expect(
      days(bus)
        .map(([date]) => date)
        .slice(-3),
    ).toEqual(['2026-11-24', '2026-11-25', '2026-11-26'])
  })

  it.each([
    ['of 1970', '1970-01-01T00:00:20Z'],
    ['of the evening before', '2026-11-23T17:00:00Z'],
    ['a day ahead', '2026-11-25T05:00:00Z'],
    ['three days ahead', '2026-11-27T17:00:00Z'],
  ])('that begins by a clock %s is told, with its trip, as if that had been right from the start', (_, wrong) => {
    const bus = setUp()
    bus.turn()
    Object.assign(bus.clock, { bootId: 'boot-2', wallMs: Date.parse(wrong), synced: false })
    bus.forget()
    bus.ignition(true)
    bus.drive(5)
    Object.assign(bus.clock, { wallMs: Date.parse('2026-11-24T08:05:00Z'), synced: true })
    bus.drive(10)
    bus.ignition(false)
    bus.clock.wallMs = Date.parse('2026-11-25T00:01:00Z')
    bus.turn()
    const began = { startedAt: '2026-11-24T08:00:00.000Z', clockSynced: true, drivingSeconds: 900 }
    expect(bus.told).toMatchObject([
      { kind: 'trip', payload: { ...began, endedAt: '2026-11-24T08:15:00.000Z' } },
      { kind: 'day', payload: { ...began, date: '2026-11-24', trips: 1 } },
    ])
  })

  it('goes on over a restart, and a clock that is set back makes no day of its own', () => {
    const bus = setUp()
    bus.ignition(true)
    bus.drive(60)
    bus.start()
    bus.clock.wallMs = Date.parse('2026-11-23T23:59:00Z')
    bus.turn()
    bus.clock.wallMs = Date.parse('2026-11-24T10:00:00Z')
    bus.turn()
    expect(days(bus)).toEqual([])
    bus.clock.wallMs = Date.parse('2026-11-25T00:00:00Z')
    bus.turn()
    expect(days(bus)).toEqual([['2026-11-24', 60, 1]])
  })

  it('without a drive is not told', () => {
    const bus = setUp()
    bus.wait(24 * HOUR_MS)
    bus.turn()
    expect(bus.told).toEqual([])
  })
})
