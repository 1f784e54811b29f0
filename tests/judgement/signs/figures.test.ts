/** What the measures make of closures, glances and nods that are given to them: each figure at and beside its limit, without the rest of the judgement. */
import { describe, expect, it } from 'vitest'
import { createBlinks } from '../../../daemon/judgement/signs/blinks.js'
import type { Closure } from '../../../daemon/judgement/signs/closure.js'
import { createMeasures, type Measures } from '../../../daemon/judgement/signs/measures.js'
import { createPerclos } from '../../../daemon/judgement/signs/perclos.js'
import { closure, moment } from '../rules/moment.js'

const STEP_MS = 50

type Seen = { state?: 'open' | 'unseen'; isOneEye?: boolean; pitch?: number; ended?: Closure; openLevel?: number | null; revision?: number }

/** A watch at 20 frames a second from 0 on. @returns the measures after each of these seconds */
function watch(
  seconds: readonly number[],
  look: (ms: number) => Seen = () => ({}),
  skips: (ms: number) => boolean = () => false,
): Measures[] {
  const measures = createMeasures()
  const found: Measures[] = []
  const face = moment(0).observation.face
  for (let ms = 0; ms <= Math.max(...seconds) * 1000; ms += STEP_MS) {
    if (skips(ms)) continue
    const { state = 'open', isOneEye = false, pitch = 0, ended = null, openLevel = null, revision = 0 } = look(ms)
    const { observation, eyes } = moment(ms, { eyes: { state, isOneEye }, observation: face === null ? {} : { face: { ...face, pitch } } })
    const known = { calibrating: false, openLevel, ahead: null, revision }
    const given = measures.step(observation, eyes, { running: null, seenClosed: false, ended }, known)
    if (seconds.includes(ms / 1000)) found.push(given)
  }
  return found
}
const measuredAfter = (seconds: number, ...rest: [look?: (ms: number) => Seen, skips?: (ms: number) => boolean]): Measures => {
  const [found] = watch([seconds], ...rest)
  if (found === undefined) throw new Error(`nothing was looked at after ${seconds} s`)
  return found
}

/** A closure that was seen closed for so long, over now. */
const shut = (nowMs: number, closedMs: number, peak = 0.95): Closure => closure({ startedMs: nowMs - closedMs, closedMs, peak })
const endingAt =
  (closedMs: number, ...endsMs: number[]) =>
  (ms: number): Seen =>
    endsMs.includes(ms) ? { ended: shut(ms, closedMs) } : {}

describe('what was seen', () => {
  it('is all or nothing on the first observation', () => {
    expect(measuredAfter(0)).toMatchObject({ coverage: 1, oneEyeShare: 0, fps: null })
    expect(measuredAfter(0, () => ({ state: 'unseen' }))).toMatchObject({ coverage: 0, oneEyeShare: 0 })
  })

  it('is a share of the time since the start', () => {
    const blindFrom = (fromMs: number) => (ms: number) => ({ state: ms > fromMs ? ('unseen' as const) : ('open' as const) })
    expect(measuredAfter(20, blindFrom(15_000)).coverage).toBeCloseTo(0.75, 2)
    expect(measuredAfter(20, blindFrom(-1))).toMatchObject({ coverage: 0, oneEyeShare: 0 })
  })

  it('with one eye is a share of what was seen', () => {
    const oneEyeFor = (toMs: number) => (ms: number) => ({
      isOneEye: ms <= toMs,
      state: ms <= 30_000 ? ('open' as const) : ('unseen' as const),
    })
    expect(measuredAfter(40, oneEyeFor(15_000)).oneEyeShare).toBeCloseTo(0.5, 2)
    expect(measuredAfter(40, oneEyeFor(30_000)).oneEyeShare).toBe(1)
    expect(measuredAfter(40, oneEyeFor(-1)).oneEyeShare).toBe(0)
  })

  it('with one eye is not said of a silence longer than a second, and of one of a second is', () => {
    const silent = (forMs: number) => (ms: number) => ms > 10_000 && ms < 10_000 + forMs
    const oneEye = (forMs: number) => (ms: number) => ({ isOneEye: ms === 10_000 + forMs })
    // of 20 s, 19 are seen where the silence does not count
    expect(measuredAfter(20, oneEye(1000), silent(1000)).oneEyeShare).toBeCloseTo(1 / 20, 2)
    expect(measuredAfter(20, oneEye(1050), silent(1050)).oneEyeShare).toBe(0)
  })
})

describe('blinks', () => {
  it('are not told where there was none', () => {
    expect(measuredAfter(181)).toMatchObject({ blinks180: 0, blinkMs: null, longBlinkShare: null, closureMs: null, blinksPerMinute: 0 })
  })

  it('are timed from the first on', () => {
    expect(measuredAfter(181, endingAt(150, 100_000))).toMatchObject({ blinks180: 1, blinkMs: 200, longBlinkShare: 0, closureMs: 200 })
    expect(measuredAfter(181, endingAt(300, 100_000, 120_000))).toMatchObject({
      blinks180: 2,
      blinkMs: 350,
      longBlinkShare: 1,
      closureMs: 350,
    })
  })

  it('that last too long are closures, and no blinks', () => {
    expect(measuredAfter(181, endingAt(600, 100_000))).toMatchObject({ blinks180: 0, blinkMs: null, longBlinkShare: null, closureMs: 650 })
  })

  it('are not told of a minute before it is over, nor of three before 60 % of them were seen', () => {
    const [early, minute, later, told] = watch([59.95, 60, 107.9, 108.1], endingAt(150, 30_000))
    expect(early).toMatchObject({ withheld: null, blinksPerMinute: null })
    expect(minute?.blinksPerMinute).toBe(1)
    expect(later).toMatchObject({ blinks180: null, blinkMs: null, longBlinkShare: null, closureMs: null })
    expect(told).toMatchObject({ blinks180: 1, blinkMs: 200 })
  })

  it('are rare at three a minute over three whole minutes, not at more', () => {
    const minutes = [10, 30, 50, 70, 90, 110, 130, 150, 170].map((second) => second * 1000)
    const [early, full] = watch([179, 180], endingAt(150, ...minutes))
    expect([early?.blinksRarely, full?.blinksRarely]).toEqual([null, true])
    expect(measuredAfter(180, endingAt(150, ...minutes, 175_000)).blinksRarely).toBe(false)
  })
})

describe('another pair of eyes', () => {
  const other =
    (startedMs: number) =>
    (ms: number): Seen => ({
      revision: ms < 100_000 ? 0 : 1,
      ...(ms === 101_000 ? { ended: closure({ startedMs, closedMs: 150 }) } : {}),
    })

  it('begins anew: nothing is told until enough was seen of it', () => {
    const [before, since] = watch([99, 101], other(200_000))
    expect(before).toMatchObject({ withheld: null, perclos60: 0 })
    expect(since).toMatchObject({ withheld: 'too-early', perclos60: null })
  })

  it('has its own closures, and not one that began before', () => {
    expect(measuredAfter(220, other(100_000)).blinks180).toBe(1)
    expect(measuredAfter(220, other(99_999)).blinks180).toBe(0)
  })
})

describe('nods', () => {
  const falls =
    (...atMs: number[]) =>
    (ms: number): Seen => ({ pitch: atMs.some((fallMs) => ms >= fallMs && ms < fallMs + 500) ? -25 : 0 })

  it('are counted once each, for a minute', () => {
    expect(measuredAfter(10).nods60).toBe(0)
    expect(measuredAfter(10, falls(5000)).nods60).toBe(1)
    expect(measuredAfter(20, falls(5000, 9000, 13_000)).nods60).toBe(3)
    expect(measuredAfter(80, falls(5000, 70_000)).nods60).toBe(1)
  })

  it('are counted from the first observation on which the head may have fallen', () => {
    expect(measuredAfter(1, falls(100)).nods60).toBe(1)
  })
})

it('the level of open eyes is told when it is known, to a hundredth', () => {
  expect(measuredAfter(1).openLevel).toBeNull()
  expect(measuredAfter(1, () => ({ openLevel: 0.1234 })).openLevel).toBe(0.12)
})

describe('a closure, with a frame for what lies before and after it', () => {
  const counts = (closedMs: number) => createBlinks().step(10_000, shut(10_000, closedMs), STEP_MS)

  it('is a blink from 0.05 to 0.5 s', () => {
    expect(counts(-1)).toMatchObject({ blinks60: 0, closures180: 0, closureMs180: 0 })
    expect(counts(0)).toMatchObject({ blinks60: 1, blinks180: 1, blinkMs180: 50, closures180: 1, closureMs180: 50 })
    expect(counts(450)).toMatchObject({ blinks60: 1, blinks180: 1, blinkMs180: 500 })
    expect(counts(451)).toMatchObject({ blinks60: 0, blinks180: 0, blinkMs180: 0, closures180: 1, closureMs180: 501 })
  })

  it('is a long blink above 0.3 s', () => {
    expect([250, 251].map((closedMs) => counts(closedMs).longBlinks180)).toEqual([0, 1])
  })
})

describe('PERCLOS', () => {
  /** A minute at a step, with one closure over at 30 s. */
  const minute = (ended: Closure, stepMs = STEP_MS) => {
    const perclos = createPerclos(60_000)
    let last = null
    for (let atMs = 0; atMs <= 60_000; atMs += stepMs) {
      last = perclos.step({ atMs, isSeen: true, isCamera: true, running: null, ended: atMs === 30_000 ? ended : null, frameMs: stepMs })
    }
    return last
  }

  it('leaves out what was closed for less than 0.25 s, and lids that only sank', () => {
    expect(minute(shut(30_000, 249))?.perclos).toBe(0)
    expect(minute(shut(30_000, 250))?.perclos).toBeCloseTo(0.005, 4)
    expect(minute(shut(30_000, 5950, 0.8))?.perclos).toBeCloseTo(0.1, 3)
    expect(minute(shut(30_000, 5950, 0.79))?.perclos).toBe(0)
  })

  it('counts time that two closures share once', () => {
    const perclos = createPerclos(60_000)
    const told = (atMs: number) => ({ atMs, isSeen: true, isCamera: true, frameMs: STEP_MS })
    let last = null
    for (let atMs = 0; atMs <= 60_000; atMs += STEP_MS) {
      const running = atMs === 30_000 ? shut(30_000, 2950) : null
      const ended = atMs === 30_500 ? closure({ startedMs: 27_050, closedMs: 5950 }) : atMs === 31_000 ? shut(29_000, 1000) : null
      last = perclos.step({ ...told(atMs), running, ended })
    }
    expect(last?.perclos).toBeCloseTo(0.1, 3)
  })

  it('is told with 60 % of the minute seen, and not with less, and says whether the minute was too young or too dark', () => {
    const seenFor = (toMs: number, atMs: number) => {
      const perclos = createPerclos(60_000)
      let last = null
      for (let now = 0; now <= atMs; now += STEP_MS)
        last = perclos.step({ atMs: now, isSeen: now <= toMs, isCamera: true, running: null, ended: null, frameMs: STEP_MS })
      return last?.withheld
    }
    expect([seenFor(36_000, 36_000), seenFor(35_950, 36_000)]).toEqual([null, 'too-early'])
    expect([seenFor(36_000, 60_000), seenFor(35_950, 60_000)]).toEqual([null, 'too-little-seen'])
  })

  it('is withheld for too few frames from the first observation on, and keeps what it was given down to 13.5 a second', () => {
    const perclos = createPerclos(60_000)
    const step = (atMs: number) => perclos.step({ atMs, isSeen: true, isCamera: true, running: null, ended: null, frameMs: 0 }).withheld
    expect(step(0)).toBe('too-few-frames')
    let atMs = 0
    for (; atMs < 60_000; atMs += STEP_MS) step(atMs)
    const kept: unknown[] = []
    // 14 frames a second from now on: below what begins it, above what keeps it
    for (const endMs = atMs + 120_000; atMs < endMs; atMs += 1000 / 14) kept.push(step(atMs))
    expect(new Set(kept)).toEqual(new Set([null]))
    // 13 are too few
    for (const endMs = atMs + 120_000; atMs < endMs; atMs += 1000 / 13) kept.push(step(atMs))
    expect(kept.at(-1)).toBe('too-few-frames')
  })
})
