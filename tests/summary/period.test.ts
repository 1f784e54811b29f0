import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPeriod, type Moment, tally } from '../../daemon/summary/period.js'

const AWAKE: Omit<Moment, 'atMs'> = { isSeen: true, closedMs: 0, perclos60: 0.02, blinksPerMinute: 16, speedKmh: 80, ignition: true }

/** Observations every 100 ms; `what` says how long, and in what the time differs from being awake at 80 km/h. */
const drive = (...what: readonly { seconds: number; is?: Partial<Moment> }[]) => {
  const period = createPeriod()
  let atMs = 1_000_000
  period.step({ ...AWAKE, atMs })
  for (const { seconds, is = {} } of what) {
    for (const endMs = atMs + seconds * 1000; atMs < endMs; ) {
      atMs += 100
      period.step({ ...AWAKE, ...is, atMs })
    }
  }
  return period
}
/** Eyes closed for so long, then open. */
const closure = (ms: number) => [
  ...Array.from({ length: ms / 100 }, (_, n) => ({ seconds: 0.1, is: { closedMs: (n + 1) * 100 } })),
  { seconds: 0.1 },
]

describe('what counts as driving', () => {
  it.each<[string, Partial<Moment>, number]>([
    ['at 80 km/h', {}, 60_000],
    ['at 5 km/h', { speedKmh: 5 }, 60_000],
    ['at 4.9 km/h', { speedKmh: 4.9 }, 0],
    ['with an unknown speed and the ignition on', { speedKmh: null }, 60_000],
    ['with nothing known', { speedKmh: null, ignition: null }, 60_000],
    ['with an unknown speed and the ignition off', { speedKmh: null, ignition: false }, 0],
    ['at 80 km/h with an ignition that is said to be off', { ignition: false }, 60_000],
  ])('a minute %s is %3$s ms', (_, is, drivingMs) => {
    expect(drive({ seconds: 60, is }).read().drivingMs).toBeCloseTo(drivingMs, 3)
  })

  it('a pause without observations is no watch: at most 2 s of it count', () => {
    const period = createPeriod()
    for (const atMs of [0, 100, 60_000, 60_100]) period.step({ ...AWAKE, atMs })
    expect(period.read().drivingMs).toBe(2_200)
  })
})

describe('a drive', () => {
  it('tells what share of it the eyes were seen, and for what share the speed was known', () => {
    const counted = drive({ seconds: 30 }, { seconds: 10, is: { isSeen: false } }, { seconds: 20, is: { speedKmh: null } }).read()
    expect([counted.drivingMs, counted.supervisedMs, counted.speedKnownMs].map(Math.round)).toEqual([60_000, 50_000, 40_000])
  })

  it('counts closures by their length; blinks, and closures of a standing vehicle, do not count', () => {
    const parked = closure(2_000).map((part) => ({ ...part, is: { ...('is' in part ? part.is : {}), speedKmh: 0 } }))
    const counted = drive(...[300, 500, 900, 1_000, 2_900, 3_000, 4_500].flatMap(closure), ...parked).read()
    expect(counted.closures).toEqual({ from500Ms: 2, from1000Ms: 2, from3000Ms: 2, longestMs: 4_500 })
  })

  it('counts two closures that follow each other without an open frame', () => {
    const closing = (ms: number) => closure(ms).slice(0, -1)
    expect(drive(...closing(900), ...closing(800), { seconds: 1 }).read().closures).toMatchObject({ from500Ms: 2, longestMs: 900 })
  })

  it('tells the mean and the highest PERCLOS and the mean of the blinks, over the time in which they were known', () => {
    const { perclos, blinks } = drive(
      { seconds: 10, is: { perclos60: null, blinksPerMinute: null } },
      { seconds: 10, is: { perclos60: 0.1, blinksPerMinute: 10 } },
      { seconds: 30, is: { perclos60: 0.02, blinksPerMinute: 18 } },
    ).read()
    expect([perclos.sum / perclos.knownMs, perclos.highest, blinks.sum / blinks.knownMs]).toEqual([
      expect.closeTo(0.04, 6),
      0.1,
      expect.closeTo(16, 6),
    ])
  })
})

describe('incidents', () => {
  it('count once each, by the highest they reached', () => {
    const period = createPeriod()
    const tell = (incident: string, rule: 'microsleep' | 'sleep' | 'perclos', level: number, phase: 'raised' | 'escalated' | 'ended') =>
      period.incident({ incident, rule, level, phase })
    tell('a', 'microsleep', 2, 'raised')
    tell('b', 'perclos', 1, 'raised')
    tell('a', 'sleep', 3, 'escalated')
    tell('a', 'sleep', 3, 'ended')
    tell('c', 'microsleep', 2, 'raised')
    const { incidents, incidentIds } = period.read()
    expect(incidents).toEqual({ 'microsleep 2': 1, 'perclos 1': 1, 'sleep 3': 1 })
    expect(incidentIds).toEqual(['a', 'b', 'c'])
  })
})

it('what was counted goes on from where it was kept: cut anywhere, the sums are the same', () => {
  const moments = fc.array(
    fc.record({
      ms: fc.integer({ min: 20, max: 300 }),
      isSeen: fc.boolean(),
      speedKmh: fc.constantFrom(0, 30, null),
      perclos60: fc.constantFrom(0.01, 0.1, null),
    }),
    { minLength: 2, maxLength: 200 },
  )
  fc.assert(
    fc.property(moments, fc.nat(), (list, cut) => {
      const at = cut % list.length
      let atMs = 0
      const steps = list.map(({ ms, ...rest }) => {
        atMs += ms
        return { ...AWAKE, ...rest, atMs }
      })
      const whole = createPeriod()
      for (const step of steps) whole.step(step)
      const first = createPeriod()
      for (const step of steps.slice(0, at + 1)) first.step(step)
      const second = createPeriod(tally.parse(JSON.parse(JSON.stringify(first.read()))))
      for (const step of steps.slice(at)) second.step(step)
      expect(second.read().drivingMs).toBeCloseTo(whole.read().drivingMs, 6)
      expect(second.read().supervisedMs).toBeCloseTo(whole.read().supervisedMs, 6)
      expect(second.read().perclos.sum).toBeCloseTo(whole.read().perclos.sum, 6)
    }),
  )
})
