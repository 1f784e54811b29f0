/** The rules that say that the driver cannot be seen, sees less than usual, or does not look: where each begins and ends, and what it tells. */
import { describe, expect, it } from 'vitest'
import type { RuleJudge, Standing } from '../../../daemon/judgement/rule.js'
import { createCameraUnavailable } from '../../../daemon/judgement/rules/camera-unavailable.js'
import { createDegraded } from '../../../daemon/judgement/rules/degraded.js'
import { createDistraction } from '../../../daemon/judgement/rules/distraction.js'
import { createEyesNotSeen } from '../../../daemon/judgement/rules/eyes-not-seen.js'
import { createStretch } from '../../../daemon/judgement/signs/stretch.js'
import type { Observation } from '../../../daemon/observation.js'
import { defaultPolicy } from '../story.js'
import { blind, lostSight, moment } from './moment.js'

const EVERY_MS = 100
type Part = {
  ms: number
  observation?: Partial<Observation>
  standing?: Standing
  lost?: ReturnType<typeof lostSight>
  fps?: number | null
}

/** Plays parts in a row, ten observations a second, with the stretches that follow from them. */
function course(rule: RuleJudge, ...parts: Part[]) {
  const [unseen, absent, open] = [createStretch(), createStretch(), createStretch()]
  let atMs = 0
  return parts.flatMap(({ ms, observation = {}, standing = null, lost = null, fps = 30 }) =>
    Array.from({ length: Math.round(ms / EVERY_MS) }, () => {
      atMs += EVERY_MS
      const isUnseen = observation.left === null && observation.right === null
      const stretches = {
        unseenMs: unseen.step(atMs, isUnseen),
        absentMs: absent.step(atMs, observation.unseen?.left === 'no-camera'),
        openMs: open.step(atMs, !isUnseen),
      }
      return { atMs, found: rule.step(moment(atMs, { observation, stretches, standing, lost, measures: { fps } })) }
    }),
  )
}
const firstMs = (all: ReturnType<typeof course>) => all.find(({ found }) => found !== null)?.atMs ?? null
const firstOf = (all: ReturnType<typeof course>) => all.find(({ found }) => found !== null)?.found

const seen = (ms: number): Part => ({ ms })
const absent = (ms: number, more: Partial<Part> = {}): Part => ({ ms, observation: blind('no-camera'), ...more })
const dark = (ms: number, reason: Parameters<typeof blind>[0] = 'too-dark'): Part => ({ ms, observation: blind(reason) })

describe('camera-unavailable', () => {
  const warned: Standing = { rule: 'microsleep', level: 2, sinceMs: 0, quiet: false }
  const run = (...parts: Part[]) => course(createCameraUnavailable(), ...parts)

  it('is told when there has been no camera for 5 s', () => {
    expect(firstMs(run(seen(1000), absent(6000)))).toBe(1100 + 5000)
    expect(firstOf(run(seen(1000), absent(6000)))).toEqual({
      ...{ rule: 'camera-unavailable', level: 1, confidence: 1, startedMs: 1100 },
      evidence: { reason: 'no-camera', absentMs: 5000 },
    })
  })

  it('is told at once where a warning is about to stop for it; not an alarm, nor a slump, which hold', () => {
    expect(firstMs(run(seen(1000), absent(6000, { standing: warned })))).toBe(1100 + 200)
    expect(firstMs(run(seen(1000), absent(6000, { standing: { ...warned, level: 3 } })))).toBe(6100)
    expect(firstMs(run(seen(1000), absent(6000, { standing: { ...warned, level: 1 } })))).toBe(6100)
    expect(firstMs(run(seen(1000), absent(6000, { standing: warned, lost: lostSight() })))).toBe(6100)
    expect(firstMs(run(seen(1000), absent(6000, { standing: warned, lost: lostSight({ isSlump: false }) })))).toBe(1300)
  })

  it('of one that comes and goes is told when it was gone for 5 s of ten, and not while it is there', () => {
    const flapping = Array.from({ length: 8 }, () => [absent(1500), dark(500)]).flat()
    const all = run(seen(2000), ...flapping)
    expect(firstMs(all)).toBeGreaterThan(2000 + 6000)
    expect(firstMs(all)).toBeLessThan(2000 + 8500)
    expect(firstOf(all)?.evidence).toMatchObject({ reason: 'no-camera', windowMs: 10_000 })
    expect(all.filter(({ atMs, found }) => found !== null && (atMs - 2000 - EVERY_MS) % 2000 >= 1500)).toEqual([])
    expect(new Set(all.flatMap(({ found }) => found?.startedMs ?? [])).size).toBe(1)
  })

  it('of one that is away seldom is none, nor where the driver was seen between', () => {
    expect(firstMs(run(...Array.from({ length: 10 }, () => [absent(1500), dark(2500)]).flat()))).toBeNull()
    expect(firstMs(run(...Array.from({ length: 10 }, () => [absent(4000), seen(1500)]).flat()))).toBeNull()
  })
})

describe('eyes-not-seen', () => {
  const { eyesNotSeenMs } = defaultPolicy
  const run = (...parts: Part[]) => course(createEyesNotSeen(defaultPolicy), ...parts)

  it('is told when nothing was seen for as long as is set, with the reason of most of it', () => {
    expect(firstMs(run(seen(1000), dark(eyesNotSeenMs + 1000)))).toBe(1100 + eyesNotSeenMs)
    expect(firstOf(run(seen(1000), dark(800, 'blurred'), dark(eyesNotSeenMs)))).toEqual({
      ...{ rule: 'eyes-not-seen', level: 1, confidence: 1, startedMs: 1100 },
      evidence: { reason: 'too-dark', unseenMs: eyesNotSeenMs },
    })
  })

  it('has forgotten the reason of an earlier loss', () =>
    expect(firstOf(run(dark(3000, 'blurred'), seen(3000), dark(eyesNotSeenMs + 500, 'covered')))?.evidence.reason).toBe('covered'))

  it('leaves to camera-unavailable what that says better', () => expect(firstMs(run(seen(1000), absent(5000), absent(9000)))).toBeNull())

  it('of glimpses now and then is told too, with the time that was lost of the window', () => {
    const all = run(seen(3000), ...Array.from({ length: 30 }, () => [dark(900), seen(200)]).flat())
    expect(firstMs(all)).not.toBeNull()
    expect(firstOf(all)?.evidence).toMatchObject({ reason: 'too-dark', windowMs: Math.round(eyesNotSeenMs / 0.45) })
    expect(firstMs(run(seen(3000), ...Array.from({ length: 30 }, () => [dark(500), seen(700)]).flat()))).toBeNull()
  })
})

describe('degraded', () => {
  const run = (...parts: Part[]) => course(createDegraded(), ...parts)
  const half = (ms: number, reason: NonNullable<Observation['unseen']['left']>): Part => ({
    ms,
    observation: { left: null, unseen: { left: reason, right: null } },
  })

  it.each(['dark-glasses', 'too-bright', 'too-dark', 'blurred', 'covered', 'too-small'] as const)(
    'by %s: told after 5 s of the last ten',
    (reason) => {
      const all = run(seen(1000), half(7000, reason))
      expect(firstMs(all)).toBe(6000)
      expect(firstOf(all)).toMatchObject({
        rule: 'degraded',
        level: 1,
        confidence: 1,
        startedMs: 6000,
        evidence: { reason, lostMs: 5000, windowMs: 10_000 },
      })
    },
  )

  it('by what takes either eye; by nothing else, nor without a face', () => {
    const right: Partial<Observation> = { right: null, unseen: { left: null, right: 'covered' } }
    expect(firstMs(run(seen(1000), { ms: 7000, observation: right }))).toBe(6000)
    expect(firstMs(run(seen(1000), half(9000, 'turned-away')))).toBeNull()
    expect(firstMs(run(seen(1000), dark(9000)))).toBeNull()
  })

  it('is found only while it is so, and holds until a third of the window', () => {
    const all = run(seen(1000), half(5000, 'covered'), seen(1000), half(1000, 'covered'))
    const [rose, later] = [all.filter(({ atMs }) => atMs > 6000 && atMs <= 7000), all.filter(({ atMs }) => atMs > 7000)]
    expect(rose.every(({ found }) => found === null)).toBe(true)
    expect(later.every(({ found }) => found?.startedMs === 6000)).toBe(true)
    const again = run(seen(1000), half(5000, 'covered'), seen(8000), half(500, 'covered'))
    expect(again.filter(({ atMs, found }) => atMs > 7000 && found !== null)).toEqual([])
  })

  it('names the cause of most of it', () =>
    expect(firstOf(run(seen(1000), half(2000, 'blurred'), half(6000, 'covered')))?.evidence.reason).toBe('covered'))

  it('by few frames: below 8 a second for 3 s, over above 9', () => {
    const at = (ms: number, fps: number | null): Part => ({ ms, fps })
    expect(firstMs(run(at(1000, 30), at(4000, 7.9)))).toBe(1100 + 3000)
    expect(firstOf(run(at(1000, 30), at(4000, 7.9)))).toMatchObject({ startedMs: 1100, evidence: { reason: 'few-frames', fps: 7.9 } })
    expect(firstMs(run(at(1000, 30), at(4000, 8)))).toBeNull()
    expect(firstMs(run(at(4000, null)))).toBeNull()
    expect(run(at(1000, 30), at(4000, 7), at(1000, 8.9)).at(-1)?.found).not.toBeNull()
    expect(run(at(1000, 30), at(4000, 7), at(1000, 9)).at(-1)?.found).toBeNull()
  })
})

describe('distraction', () => {
  const rule = createDistraction()
  const look = (awayMs: number, speedKmh: number | null = null, more = {}) =>
    rule.step(moment(9000, { away: { startedMs: 1000, awayMs, yaw: 41.4, pitch: -2.6 }, inputs: { speedKmh }, ...more }))

  it.each([
    [3499, null, null],
    [3500, null, 1],
    [6499, null, 1],
    [6500, null, 2],
    [3500, 50, 1],
    [3500, 49.9, null],
    [5999, 49.9, null],
    [6000, 49.9, 1],
    [9000, 49.9, 2],
  ])('away for %i ms at %s km/h: level %s', (awayMs, speedKmh, level) => expect(look(awayMs, speedKmh)?.level ?? null).toBe(level))

  it('tells where to, from where, and trusts it less before "ahead" is known', () => {
    expect(look(3600.4)).toEqual({
      ...{ rule: 'distraction', level: 1, startedMs: 1000, confidence: 0.7 },
      evidence: { awayMs: 3600, yawDegrees: 41, pitchDegrees: -3, ahead: 'known' },
    })
    expect(look(3600, null, { ahead: null })).toMatchObject({ confidence: 0.5, evidence: { ahead: 'calibrating' } })
  })

  it('is none of one who looks ahead', () => expect(rule.step(moment(9000))).toBeNull())
})
