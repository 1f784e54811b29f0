/** What people said of the alarms, in the summaries. */
import { describe, expect, it } from 'vitest'
import { HOUR_MS, setUp } from './vehicle.js'

describe('verdicts', () => {
  const DAY = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'] as const
  /** A day with an hour's drive; its verdicts are given before it is told. */
  const dayOf = (bus: ReturnType<typeof setUp>, events: () => void = () => undefined) => {
    bus.ignition(true)
    bus.drive(60)
    events()
    bus.ignition(false)
    bus.wait(23 * HOUR_MS)
    bus.turn()
  }

  it('are told by rule and level, as the incidents are', () => {
    const bus = setUp()
    dayOf(bus, () => {
      for (const incident of ['a', 'b', 'c']) bus.incident(incident)
      for (const incident of ['d', 'e']) bus.asleep(incident)
      for (const [incident, verdict] of [
        ['a', false],
        ['b', true],
        ['d', true],
        ['e', true],
      ] as const)
        bus.verdicts.set(incident, verdict)
    })
    expect(bus.dayOf(DAY[0])[0]).toMatchObject({
      incidents: [
        { rule: 'microsleep', level: 2, count: 3, right: 1, wrong: 1 },
        { rule: 'sleep', level: 3, count: 2, right: 2, wrong: 0 },
      ],
      verdicts: { right: 3, wrong: 1, none: 1 },
    })
    expect(bus.dayOf(DAY[0])[0]).not.toHaveProperty('lateVerdicts')
  })

  it('that come after their day was told are told once, with the day on which they came, under their own day and rule', () => {
    const bus = setUp()
    dayOf(bus, () => bus.incident('a'))
    dayOf(bus, () => bus.verdicts.set('a', false))
    dayOf(bus)
    expect(bus.dayOf(DAY[1])[0]).toMatchObject({
      lateVerdicts: [{ incident: 'a', date: DAY[0], rule: 'microsleep', level: 2, verdict: false }],
      verdicts: { right: 0, wrong: 0, none: 0 },
    })
    expect(bus.dayOf(DAY[2])[0]).not.toHaveProperty('lateVerdicts')
  })

  it('that are taken back say what had been counted', () => {
    const bus = setUp()
    dayOf(bus, () => {
      bus.incident('a')
      bus.verdicts.set('a', false)
    })
    dayOf(bus, () => bus.verdicts.set('a', true))
    dayOf(bus, () => bus.verdicts.set('a', false))
    const late = [DAY[1], DAY[2]].map((date) => bus.dayOf(date)[0]?.lateVerdicts)
    expect(late).toEqual([
      [{ incident: 'a', date: DAY[0], rule: 'microsleep', level: 2, verdict: true, before: false }],
      [{ incident: 'a', date: DAY[0], rule: 'microsleep', level: 2, verdict: false, before: true }],
    ])
  })

  it('are told on a day without a drive', () => {
    const bus = setUp()
    dayOf(bus, () => bus.incident('a'))
    bus.verdicts.set('a', true)
    bus.wait(24 * HOUR_MS)
    bus.turn()
    expect(bus.dayOf(DAY[1])[0]?.lateVerdicts).toHaveLength(1)
  })

  it('outlive a crash right after the summary, which is told again whole and under the same id', () => {
    const bus = setUp()
    dayOf(bus, () => bus.incident('a'))
    bus.turn()
    dayOf(bus, () => bus.verdicts.set('a', false))
    bus.start()
    const [first, again, ...more] = bus.dayOf(DAY[1])
    expect(again).toEqual(first)
    expect([first?.lateVerdicts?.length, more]).toEqual([1, []])
    dayOf(bus)
    expect(bus.dayOf(DAY[2])[0]).not.toHaveProperty('lateVerdicts')
  })

  it('of more than a hundred incidents at once are told over the days that follow, each once', () => {
    const bus = setUp()
    const incidents = Array.from({ length: 150 }, (_, n) => `incident-${n}`)
    dayOf(bus, () => {
      for (const incident of incidents) bus.incident(incident)
    })
    dayOf(bus, () => {
      for (const incident of incidents) bus.verdicts.set(incident, false)
    })
    dayOf(bus)
    dayOf(bus)
    const late = DAY.map((date) => bus.dayOf(date)[0]?.lateVerdicts ?? [])
    expect(late.map(({ length }) => length)).toEqual([0, 100, 50, 0])
    expect(new Set(late.flat().map(({ incident }) => incident)).size).toBe(150)
  })
})
