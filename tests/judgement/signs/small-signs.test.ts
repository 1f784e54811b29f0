/** The signs that are one figure each, observation by observation: at and beside every limit. */
import { describe, expect, it } from 'vitest'
import { createAhead } from '../../../daemon/judgement/signs/ahead.js'
import { createAway } from '../../../daemon/judgement/signs/away.js'
import { createDriverChange } from '../../../daemon/judgement/signs/driver-change.js'
import { readEyes } from '../../../daemon/judgement/signs/eyes.js'
import { createFrameRate } from '../../../daemon/judgement/signs/frame-rate.js'
import { createNod } from '../../../daemon/judgement/signs/nod.js'
import { createOpenStretch } from '../../../daemon/judgement/signs/open-stretch.js'
import { closure, moment } from '../rules/moment.js'

type State = 'open' | 'closed' | 'unseen'
const { observation: seen } = moment(0)
const face = (said: { yaw?: number; pitch?: number }) => ({
  confidence: 0.9,
  box: [0, 0, 100, 100] as [number, number, number, number],
  yaw: 0,
  pitch: 0,
  roll: 0,
  ...said,
})
const looking = (at: number, yaw: number, pitch = 0) => ({ ...seen, at, face: face({ yaw, pitch }) })
const lost = (at: number) => ({ ...seen, at, face: null, left: null, right: null })

describe('eyes', () => {
  const thresholds = { left: { enter: 0.5, leave: 0.35 }, right: { enter: 0.6, leave: 0.45 } }
  const eye = (closed: number, visible = 1) => ({ closed, visible, center: [0, 0] as [number, number], size: 60 })
  const read = (left: ReturnType<typeof eye> | null, right: ReturnType<typeof eye> | null, isLatched = false) =>
    readEyes({ ...seen, left, right }, thresholds, isLatched)

  it('are closed where both are past their own threshold, as sure as the more open one', () => {
    expect(read(eye(0.5), eye(0.6))).toEqual({ state: 'closed', isShut: true, closed: 0.5, confidence: 0.5, isOneEye: false })
    expect(read(eye(0.49), eye(0.9))).toMatchObject({ state: 'open', isShut: false, confidence: 0.51 })
    expect(read(eye(0.9), eye(0.59))).toMatchObject({ state: 'open' })
  })

  it('are held closed by the lower threshold inside a closure', () => {
    expect(read(eye(0.35), eye(0.45), true)).toMatchObject({ state: 'closed', isShut: false, closed: 0.35 })
    expect(read(eye(0.34), eye(0.9), true).state).toBe('open')
    expect(read(eye(0.9), eye(0.44), true).state).toBe('open')
    expect(read(eye(0.35), eye(0.45)).state).toBe('open')
  })

  it('speak for each other, with less confidence, where one is seen', () => {
    expect(read(eye(0.95), null)).toEqual({ state: 'closed', isShut: true, closed: 0.95, confidence: 0.6, isOneEye: true })
    expect(read(null, eye(0.05))).toMatchObject({ state: 'open', closed: 0.05, confidence: 0.6, isOneEye: true })
    expect(read(eye(0.95, 0.49), eye(0.05))).toMatchObject({ state: 'open', isOneEye: true })
    expect(read(null, eye(0.6))).toMatchObject({ state: 'closed', confidence: 0.6 })
    expect(read(eye(0.55), null)).toMatchObject({ state: 'closed', confidence: 0.55 })
  })

  it('that are not seen are neither', () => expect(read(null, eye(0.9, 0.49)).state).toBe('unseen'))
})

describe('eyes seen open', () => {
  const course = (...looks: [atMs: number, state: State][]) => {
    const stretch = createOpenStretch()
    return looks.map(([atMs, state]) => stretch.step(atMs, state)).at(-1)
  }

  it('count from the first open observation', () => {
    expect(course([0, 'closed'], [100, 'open'])).toBe(0)
    expect(course([0, 'closed'], [100, 'open'], [900, 'open'])).toBe(800)
    expect(course([100, 'open'], [900, 'closed'])).toBe(0)
  })

  it('go on over 0.3 s unseen, and over one observation up to a second', () => {
    expect(course([0, 'open'], [100, 'unseen'], [200, 'unseen'], [300, 'open'])).toBe(300)
    expect(course([0, 'open'], [100, 'unseen'], [301, 'unseen'], [302, 'open'])).toBe(0)
    expect(course([0, 'open'], [500, 'unseen'], [1000, 'open'])).toBe(1000)
    expect(course([0, 'open'], [500, 'unseen'], [1001, 'open'])).toBe(0)
  })

  it('go on over one closed observation that is shorter than a blink', () => {
    expect(course([0, 'open'], [70, 'closed'], [140, 'open'])).toBe(140)
    expect(course([0, 'open'], [70, 'closed'], [141, 'open'])).toBe(0)
    expect(course([0, 'open'], [30, 'closed'], [60, 'closed'], [90, 'open'])).toBe(0)
  })
})

describe('a head that falls', () => {
  const course = (...looks: [atMs: number, pitch: number | null][]) => {
    const nod = createNod()
    return looks.map(([atMs, pitch]) => nod.step(atMs, pitch === null ? null : face({ pitch }))).at(-1)
  }

  it('does so by 20° within a second', () => {
    expect(course([0, 5], [1000, -15])).toBe(true)
    expect(course([0, 5], [1000, -14.9])).toBe(false)
    expect(course([0, 5], [1001, -15])).toBe(false)
    expect(course([0, 0], [300, 5], [600, -5], [1200, -15])).toBe(true)
  })

  it('hangs until it has come up again, or a second has gone by with a face', () => {
    expect(course([0, 5], [500, -20], [900, -15])).toBe(true)
    expect(course([0, 5], [500, -20], [900, -14])).toBe(false)
    expect(course([0, 5], [500, -20], [1500, -20])).toBe(true)
    expect(course([0, 5], [500, -20], [1501, -20])).toBe(false)
    expect(course([0, 5], [500, -20], [9000, null])).toBe(true)
  })
})

describe('the frame rate', () => {
  const course = (...looks: [atMs: number, isCamera: boolean][]) => {
    const rate = createFrameRate()
    return looks.map(([atMs, isCamera]) => rate.step(atMs, isCamera)).at(-1)
  }
  const frames = (fromMs: number, toMs: number, everyMs: number): [number, boolean][] =>
    Array.from({ length: Math.floor((toMs - fromMs) / everyMs) + 1 }, (_, n) => [fromMs + n * everyMs, true])

  it('is known after a second; until then a frame is what most cameras take for one', () => {
    expect(course([0, true])).toEqual({ fps: null, frameMs: 1000 / 30 })
    expect(course(...frames(0, 900, 100))).toEqual({ fps: null, frameMs: 100 })
    expect(course(...frames(0, 1000, 100))).toEqual({ fps: 10, frameMs: 100 })
  })

  it('is that of the last five seconds', () => {
    expect(course(...frames(0, 20_000, 100))?.fps).toBeCloseTo(10, 0)
    expect(course(...frames(0, 20_000, 100), ...frames(20_200, 30_000, 200))?.fps).toBeCloseTo(5, 0)
  })

  it('begins anew when the camera was away', () => {
    expect(course(...frames(0, 5000, 100), [5100, false], [9000, true])).toEqual({ fps: null, frameMs: 1000 / 30 })
    expect(course(...frames(0, 5000, 100), [5100, false], ...frames(9000, 10_000, 50))).toEqual({ fps: 20, frameMs: 50 })
    expect(course([0, false], [100, false])).toEqual({ fps: null, frameMs: 1000 / 30 })
  })
})

describe('another driver', () => {
  const course = (...looks: [atMs: number, isThere: boolean][]) => {
    const change = createDriverChange()
    return looks.map(([at, isThere]) => change.step(isThere ? looking(at, 0) : lost(at))).at(-1)
  }

  it('may sit there after a minute without a face', () => {
    expect(course([0, true], [60_000, true])).toBe(true)
    expect(course([0, true], [59_999, true])).toBe(false)
    expect(course([0, true], [60_000, false])).toBe(false)
    expect(course([0, false], [90_000, true])).toBe(false)
    expect(course([0, true], [60_000, true], [60_100, true])).toBe(false)
  })
})

describe('a look away', () => {
  const NONE = { running: null, seenClosed: false, ended: null }
  const AHEAD = { yaw: 10, pitch: -5 }
  const course = (ahead: typeof AHEAD | null, ...looks: ReturnType<typeof looking | typeof lost>[]) => {
    const away = createAway()
    return looks.map((one) => away.step(one, ahead, NONE)).at(-1)
  }

  it.each([
    [30, 0, true],
    [29.9, 0, false],
    [-30, 0, true],
    [-29.9, 0, false],
    [0, -17, true],
    [0, -16.9, false],
    [0, 25, true],
    [0, 24.9, false],
  ])('%i° aside and %i° up from ahead: %s', (yaw, pitch, isAway) => {
    expect(course(AHEAD, looking(0, AHEAD.yaw + yaw, AHEAD.pitch + pitch)) !== null).toBe(isAway)
    const wider = (degrees: number) => degrees + Math.sign(degrees) * 15
    expect(course(null, looking(0, wider(yaw), wider(pitch))) !== null).toBe(isAway)
  })

  it('lasts, and is as far off as last seen, within four degrees less', () => {
    expect(course(AHEAD, looking(1000, 45), looking(3000, 37))).toEqual({ startedMs: 1000, awayMs: 2000, yaw: 27, pitch: 5 })
    expect(course(AHEAD, looking(1000, 45), looking(1100, 35.9), looking(1300, 35.9))).toBeNull()
  })

  it('is over when the head was back for longer than 0.2 s and one frame', () => {
    const back = (toMs: number) => [looking(0, 45), looking(100, 10), looking(toMs, 10)] as const
    expect(course(AHEAD, ...back(200))).not.toBeNull()
    expect(course(AHEAD, ...back(201))).toBeNull()
    expect(course(AHEAD, looking(0, 45), looking(900, 10))).not.toBeNull()
    expect(course(AHEAD, looking(0, 45), looking(100, 10), looking(150, 45), looking(250, 10), looking(300, 10))).not.toBeNull()
  })

  it('of a face lost aside goes on for ten seconds, of one lost below it does not', () => {
    expect(course(AHEAD, looking(0, 45), lost(10_000))).toMatchObject({ awayMs: 10_000 })
    expect(course(AHEAD, looking(0, 45), lost(10_001))).toBeNull()
    expect(course(AHEAD, looking(0, 10, -30), lost(100))).toBeNull()
    expect(course(AHEAD, lost(100))).toBeNull()
  })

  it('is none of a sleeper', () => {
    const asleep = (closedMs: number) => {
      const away = createAway()
      away.step(looking(0, 45), AHEAD, NONE)
      return away.step(looking(100, 45), AHEAD, { running: closure({ closedMs }), seenClosed: true, ended: null })
    }
    expect([asleep(499) === null, asleep(500) === null]).toEqual([false, true])
  })
})

describe('ahead', () => {
  const learn = (
    seconds: number,
    at: (second: number) => ReturnType<typeof looking | typeof lost>,
    isShut = false,
    speedKmh: number | null = null,
  ) => {
    const ahead = createAhead()
    let found = null
    for (let half = 0; half <= 2 * seconds; half++) found = ahead.step({ ...at(half / 2), at: half * 500 }, isShut, speedKmh, false)
    return found
  }
  const at = (yaw: number, pitch: number) => () => looking(0, yaw, pitch)

  it('is where the head was most of a minute', () => {
    expect(learn(59.5, at(11, -7))).toBeNull()
    expect(learn(60, at(11, -7))).toEqual({ yaw: 11, pitch: -7 })
    expect(learn(70, (second) => looking(0, second % 10 < 3 ? -41 : 11, -7))).toEqual({ yaw: 11, pitch: -7 })
  })

  it('is clamped', () => {
    expect(learn(60, at(51, 31))).toEqual({ yaw: 30, pitch: 20 })
    expect(learn(60, at(-51, -31))).toEqual({ yaw: -30, pitch: -20 })
  })

  it('is not learned of a sleeper, at a standstill, without face or eyes, or over a silence', () => {
    expect(learn(90, at(0, 0), true)).toBeNull()
    expect(learn(90, at(0, 0), false, 9.9)).toBeNull()
    expect(learn(90, at(0, 0), false, 10)).not.toBeNull()
    expect(learn(90, () => lost(0))).toBeNull()
    expect(learn(90, () => ({ ...looking(0, 0), left: null, right: null }))).toBeNull()
    expect(learn(90, () => ({ ...looking(0, 0), left: null }))).not.toBeNull()
    const ahead = createAhead()
    expect(Array.from({ length: 100 }, (_, n) => ahead.step(looking(n * 1001, 0), false, null, false)).at(-1)).toBeNull()
  })

  it('stays, until another driver sits there', () => {
    const ahead = createAhead()
    const step = (n: number, yaw: number, isNew = false) => ahead.step(looking(n * 500, yaw), false, null, isNew)
    for (let n = 0; n <= 120; n++) step(n, 11)
    expect(step(121, -21)).toMatchObject({ yaw: 11 })
    expect(step(122, -21, true)).toBeNull()
    for (let n = 123; n <= 241; n++) step(n, -21)
    expect(step(242, -21)).toMatchObject({ yaw: -21 })
  })
})
