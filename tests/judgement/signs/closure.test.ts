/** Closures, observation by observation: what is bridged, what ends one, and how much of it was seen. */
import { describe, expect, it } from 'vitest'
import { type ClosureStep, createClosures } from '../../../daemon/judgement/signs/closure.js'
import type { EyesState } from '../../../daemon/judgement/signs/eyes.js'

type Look = [atMs: number, eyes: EyesState]
const SHUT = 0.95
// Closed by the threshold, as a squint or a laugh is, and not shut.
const NARROW = 0.7

const closed = (closedTo = SHUT, confidence = closedTo): EyesState => ({
  state: 'closed',
  isShut: true,
  closed: closedTo,
  confidence,
  isOneEye: false,
})
const open: EyesState = { state: 'open', isShut: false, closed: 0.1, confidence: 0.9, isOneEye: false }
const unseen: EyesState = { state: 'unseen', isShut: false, closed: 0, confidence: 0, isOneEye: false }

const from = (fromMs: number, toMs: number, eyes: EyesState, everyMs = 50): Look[] =>
  Array.from({ length: Math.round((toMs - fromMs) / everyMs) + 1 }, (_, n) => [fromMs + n * everyMs, eyes])

const follow = (...looks: Look[]): ClosureStep[] => {
  const closures = createClosures()
  return looks.map(([atMs, eyes]) => closures.step(atMs, eyes))
}
const last = (...looks: Look[]): ClosureStep | undefined => follow(...looks).at(-1)
const startOf = (...looks: Look[]): number | undefined => last(...looks)?.running?.startedMs

describe('a closure', () => {
  it('begins with the first closed observation, and lasts up to the newest', () => {
    expect(follow([1000, open], [1050, closed()])).toEqual([
      { running: null, seenClosed: false, ended: null },
      { running: { startedMs: 1050, closedMs: 0, seenShare: 1, confidence: SHUT, peak: SHUT }, seenClosed: true, ended: null },
    ])
    expect(last(...from(1000, 1500, closed()))?.running).toMatchObject({ startedMs: 1000, closedMs: 500 })
  })

  it('has the mean confidence and the highest probability of what was seen closed', () => {
    const running = last([0, closed(0.9, 0.6)], [50, closed(0.97, 0.8)], [100, closed(0.92, 0.7)])?.running
    expect(running?.confidence).toBeCloseTo(0.7)
    expect(running?.peak).toBe(0.97)
  })

  it('that ends is told once, as of its last closed observation', () => {
    const steps = follow(...from(0, 500, closed()), [550, open], [600, open], [650, open], [700, open])
    expect(steps.map(({ ended }) => ended?.closedMs ?? null)).toEqual([...Array(13).fill(null), 500, null])
    expect(steps.at(-1)).toEqual({ running: null, seenClosed: false, ended: null })
  })
})

describe('inside a closure that is held', () => {
  const held = from(0, 600, closed())

  it('one open observation ends nothing, at any rate', () => {
    expect(startOf(...held, [650, open], [700, closed()])).toBe(0)
    expect(startOf(...held, [800, open], [1000, closed()])).toBe(0)
  })

  it('an opening of 0.1 s and more ends it, a shorter one does not', () => {
    expect(startOf(...held, [650, open], [749, open], [800, closed()])).toBe(0)
    expect(startOf(...held, [650, open], [750, open], [800, closed()])).toBe(800)
  })

  it('an open observation after which nothing was seen for more than a second ends it', () => {
    expect(startOf(...held, [650, open], [1650, closed()])).toBe(0)
    expect(startOf(...held, [650, open], [1651, closed()])).toBe(1651)
  })

  it('unseen time of 0.3 s is bridged, a longer one is not, nor is it told before it is known', () => {
    const until = (toMs: number) => [...held, ...from(650, toMs, unseen)]
    expect(last(...until(900))).toMatchObject({ running: { startedMs: 0, closedMs: 600 }, seenClosed: false, ended: null })
    expect(startOf(...until(850), [900, closed()])).toBe(0)
    expect(startOf(...until(900), [950, closed()])).toBe(950)
    expect(last(...until(950))).toMatchObject({ running: null, ended: { closedMs: 600 } })
  })

  it('one unseen observation is bridged, however far apart observations are', () =>
    expect(startOf(...from(0, 800, closed(), 200), [1150, unseen], [1500, closed()])).toBe(0))

  it('an opening within unseen time counts as an opening, from where it was seen', () => {
    expect(startOf(...held, [650, unseen], [700, open], [750, unseen], [790, closed()])).toBe(0)
    expect(startOf(...held, [650, unseen], [700, open], [800, unseen], [850, closed()])).toBe(850)
  })

  it('a silence of a second is bridged, a longer one is not', () => {
    expect(startOf(...held, [1600, closed()])).toBe(0)
    expect(startOf(...held, [1601, closed()])).toBe(1601)
  })
})

describe('of a blink, or of lids that hang about the threshold', () => {
  it.each([
    ['shorter than 0.4 s', from(0, 350, closed())],
    ['not shut', from(0, 600, closed(NARROW))],
  ])('%s: what may have been an opening of 0.1 s ends it', (_, looks) => {
    const endMs = looks.at(-1)?.[0] ?? 0
    expect(startOf(...looks, [endMs + 40, open], [endMs + 139, closed()])).toBe(0)
    expect(startOf(...looks, [endMs + 40, open], [endMs + 140, closed()])).toBe(endMs + 140)
  })

  it('from 0.4 s on a closure is held', () => expect(startOf(...from(0, 400, closed()), [450, open], [600, closed()])).toBe(0))

  it('what was shut in the mean is shut: 0.8 is, 0.79 is not', () => {
    expect(startOf(...from(0, 600, closed(0.8)), [650, open], [800, closed()])).toBe(0)
    expect(startOf(...from(0, 600, closed(0.79)), [650, open], [800, closed()])).toBe(800)
  })
})

describe('the share that was seen closed', () => {
  const share = (...looks: Look[]) => last(...looks)?.running?.seenShare

  it('is all of a closure without a gap', () => expect(share(...from(0, 600, closed()))).toBe(1))

  it('leaves out half of the step after an opening', () =>
    expect(share(...from(0, 600, closed()), [650, open], [700, closed()])).toBeCloseTo((600 + 25) / 700))

  it('leaves out what was unseen, but for the last step', () =>
    expect(share(...from(0, 600, closed()), ...from(650, 850, unseen), [900, closed()])).toBeCloseTo((600 + 50) / 900))

  it('credits a silence with no more than is bridged', () => expect(share([0, closed()], [800, closed()])).toBeCloseTo(300 / 800))
})

describe('the threshold to leave', () => {
  const latched = (looks: Look[], atMs: number): boolean => {
    const closures = createClosures()
    for (const [at, eyes] of looks) closures.step(at, eyes)
    return closures.isLatched(atMs)
  }
  const hanging: EyesState = { ...closed(SHUT), isShut: false }

  it('holds inside a closure, up to 0.3 s after lids were last past the threshold to enter', () => {
    expect(latched(from(0, 500, closed()), 550)).toBe(true)
    expect(latched([...from(0, 500, closed()), ...from(550, 750, hanging)], 800)).toBe(true)
    expect(latched([...from(0, 500, closed()), ...from(550, 750, hanging)], 801)).toBe(false)
  })

  it('does not hold without a closure, nor in one that is not shut', () => {
    expect(latched(from(0, 500, open), 550)).toBe(false)
    expect(latched([...from(0, 500, closed()), ...from(550, 700, open)], 720)).toBe(false)
    expect(latched(from(0, 500, closed(NARROW)), 550)).toBe(false)
  })
})
