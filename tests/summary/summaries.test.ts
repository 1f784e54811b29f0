/** Trips and days over stops, crashes and nights: what is told, and under which id. */
import { describe, expect, it } from 'vitest'
import type { Summary } from '../../daemon/fleet/payloads/summary.js'
import { createPast, createSummaries, pastIncident, type Summaries, savedSummaries } from '../../daemon/summary/index.js'
import type { PastIncident } from '../../daemon/summary/past.js'
import type { SavedSummaries } from '../../daemon/summary/saved.js'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** A vehicle whose daemon can be started and ended, with a clock of its own. */
const setUp = ({ isKept = true, verdicts = new Map<string, boolean>() } = {}) => {
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
    /** Nothing is written any more: the daemon is killed, or the plug pulled. */
    start,
  }
}

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
