/** A sign knows spans of time, not times: three hours into the day it says of the same course what it says at the start. */
import { describe, expect, it } from 'vitest'
import { createAway } from '../../../daemon/judgement/signs/away.js'
import { createClosures } from '../../../daemon/judgement/signs/closure.js'
import { createFrameRate } from '../../../daemon/judgement/signs/frame-rate.js'
import { createNod } from '../../../daemon/judgement/signs/nod.js'
import { createOpenStretch } from '../../../daemon/judgement/signs/open-stretch.js'
import { createTally } from '../../../daemon/judgement/signs/tally.js'
import { moment } from '../rules/moment.js'

const HOURS_MS = 3 * 3_600_000
const FRAME_MS = 70
const { observation: seen } = moment(0)
const face = { confidence: 0.9, box: [0, 0, 100, 100] as [number, number, number, number], yaw: 0, pitch: 0, roll: 0 }

type State = 'open' | 'closed' | 'unseen'
const eyesOf = (state: State) => ({
  state,
  isShut: state === 'closed',
  closed: state === 'closed' ? 0.95 : 0.05,
  confidence: 0.9,
  isOneEye: false,
})
// Blinks, a closure, one misread frame in it, a look away with the face lost, a nod.
const COURSE = 'ooocooooccooocccccccocccccccoooouuooouuuuuuuooooccuuccooocuocoooooo'
const stateOf = (letter: string): State => (letter === 'o' ? 'open' : letter === 'c' ? 'closed' : 'unseen')

/** What a sign says at each frame of the course, begun at `fromMs`; its own times told from there. */
const said = (fromMs: number, step: (atMs: number, state: State, n: number) => unknown): unknown[] =>
  [...COURSE].map((letter, n) => {
    const said = step(fromMs + n * FRAME_MS, stateOf(letter), n)
    return JSON.parse(JSON.stringify(said ?? null, (key, value) => (key === 'startedMs' ? value - fromMs : value)))
  })

const signs: Record<string, () => (atMs: number, state: State, n: number) => unknown> = {
  'eyes seen open': () => createOpenStretch().step,
  closures: () => {
    const closures = createClosures()
    return (atMs, state) => closures.step(atMs, eyesOf(state))
  },
  'a look away': () => {
    const away = createAway()
    const none = { running: null, seenClosed: false, ended: null }
    return (at, state, n) =>
      away.step({ ...seen, at, face: state === 'unseen' ? null : { ...face, yaw: n % 20 < 14 ? 45 : 0 } }, { yaw: 0, pitch: 0 }, none)
  },
  'a head that falls': () => {
    const nod = createNod()
    return (atMs, _, n) => nod.step(atMs, { ...face, pitch: n % 30 < 15 ? 0 : -21 })
  },
  'the frame rate': () => {
    const rate = createFrameRate()
    return (atMs, state) => rate.step(atMs, state !== 'unseen')
  },
}

describe.each(Object.entries(signs))('%s', (_, begin) => {
  it('are the same three hours later, and not always the same', () => {
    const early = said(0, begin())
    expect(said(HOURS_MS, begin())).toEqual(early)
    expect(new Set(early.map((each) => JSON.stringify(each))).size).toBeGreaterThan(1)
  })
})

it('a face that is lost aside counts as away from where the look began, however late', () => {
  const away = createAway()
  const none = { running: null, seenClosed: false, ended: null }
  const ahead = { yaw: 0, pitch: 0 }
  away.step({ ...seen, at: HOURS_MS, face: { ...face, yaw: 30 } }, ahead, none)
  expect(away.step({ ...seen, at: HOURS_MS + 2000, face: null }, ahead, none)).toMatchObject({ startedMs: HOURS_MS, awayMs: 2000 })
  expect(away.step({ ...seen, at: HOURS_MS + 10_001, face: null }, ahead, none)).toBeNull()
})

it('a head that has come up to 20° below where it fell from still hangs; less, and it does not', () => {
  const hangs = (pitch: number) => {
    const nod = createNod()
    return [5, -20, pitch].map((each, n) => nod.step(n * 600, { ...face, pitch: each })).at(-1)
  }
  expect([hangs(-15), hangs(-14.9)]).toEqual([true, false])
})

it('two frames at one time are no rate', () => {
  const rate = createFrameRate()
  rate.step(1000, true)
  expect(rate.step(1000, true)).toEqual({ fps: null, frameMs: 1000 / 30 })
})

it('of a span longer than the window, the window holds all it can', () => {
  const tally = createTally(1000, 100)
  tally.span(0, 5000)
  expect(tally.within(5000)).toBeCloseTo(1000)
})
