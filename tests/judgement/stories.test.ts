import { describe, expect, it } from 'vitest'
import { createJudgement } from '../../daemon/judgement/index.js'
import { awake, closed, defaultPolicy, observationOf, open, rightOnly, secondsOf, tell, unseen, wink } from './story.js'

const RATES = [5, 10, 15, 30, 60]

describe.each(RATES)('at %i frames a second', (fps) => {
  const frame = 1 / fps + 1e-6
  const within = (actual: number | undefined, wanted: number) => {
    expect(actual).toBeGreaterThanOrEqual(wanted - 1e-6)
    expect(actual).toBeLessThanOrEqual(wanted + 2 * frame)
  }

  it('120 s of driving with a blink every four seconds raises nothing', () => {
    const told = tell(awake(120), fps)
    expect(told.summary).toEqual([])
    expect(Math.max(...told.verdicts.map((v) => v.level))).toBe(fps < 8 ? 1 : 0)
  })

  it('eyes shut for 5 s: a microsleep at 1 s, sleep at 3 s under the same incident, ended when eyes were open for 1 s', () => {
    const told = tell([open(10), closed(5), open(5)], fps)
    expect(told.decisions.map((d) => [d.rule, d.level, d.phase])).toEqual([
      ['microsleep', 2, 'raised'],
      ['sleep', 3, 'escalated'],
      ['sleep', 3, 'ended'],
    ])
    within(secondsOf(told, 'microsleep')[0], 11)
    within(secondsOf(told, 'sleep', 'escalated')[0], 13)
    within(secondsOf(told, 'sleep', 'ended')[0], 16)
    expect(new Set(told.decisions.map((d) => d.incident)).size).toBe(1)
  })

  it('a driver asleep in the first frame is alarmed too', () => {
    const told = tell([closed(4), open(2)], fps)
    within(secondsOf(told, 'microsleep')[0], 1)
    within(secondsOf(told, 'sleep', 'escalated')[0], 3)
  })

  it('two closures apart are two incidents', () => {
    const told = tell([open(5), closed(1.7), open(4), closed(1.7), open(3)], fps)
    expect(secondsOf(told, 'microsleep')).toHaveLength(2)
    expect(new Set(told.decisions.map((d) => d.incident)).size).toBe(2)
  })

  it('the alarm sounds on while the eyes open only for half a second', () => {
    const told = tell([open(3), closed(1.5), open(0.6), closed(1.5), open(3)], fps)
    expect(told.decisions.filter((d) => d.phase === 'raised')).toHaveLength(1)
    const between = told.verdicts.filter((v) => v.atMs >= 4500 && v.atMs < 6500)
    expect(Math.min(...between.map((v) => v.level))).toBe(2)
  })

  it('eyes not seen for 0.3 s inside a closure do not end it', () => {
    const told = tell([open(3), closed(0.6), unseen(0.2), closed(1), open(3)], fps)
    within(secondsOf(told, 'microsleep')[0], 4)
  })

  it('a closure seen for less than 60 % of its time raises nothing', () => {
    const flicker = Array.from({ length: 12 }, () => [closed(0.2), unseen(0.4)]).flat()
    expect(secondsOf(tell([open(3), flicker, open(2)], fps), 'microsleep')).toEqual([])
  })

  it('one eye closed and the other open is no closure', () => {
    expect(tell([open(3), wink(4), open(3)], fps).summary).toEqual([])
  })

  it('one eye covered: the other is believed, with confidence of at most 0.6', () => {
    const told = tell([rightOnly(3, 0.05), rightOnly(2, 0.97), rightOnly(3, 0.05)], fps)
    within(secondsOf(told, 'microsleep')[0], 4)
    expect(told.decisions[0]?.confidence).toBeLessThanOrEqual(0.6)
  })

  it('a covered lens is told within 10 s with its reason, is never a closure, and ends when the eyes are back for 1 s', () => {
    const told = tell([open(5), unseen(12, 'covered'), open(5)], fps)
    expect(told.decisions.map((d) => [d.rule, d.level, d.phase])).toEqual([
      ['eyes-not-seen', 1, 'raised'],
      ['eyes-not-seen', 1, 'ended'],
    ])
    within(secondsOf(told, 'eyes-not-seen')[0], 13)
    expect(told.decisions[0]?.evidence.reason).toBe('covered')
    expect(told.verdicts.find((v) => v.decisions.some((d) => d.rule === 'eyes-not-seen'))?.signal).toBe('cannot-see')
  })

  it('a camera that is gone is told as that, not as a driver who looks away', () => {
    const told = tell([open(5), unseen(9, 'no-camera'), open(3)], fps)
    within(secondsOf(told, 'camera-unavailable')[0], 10)
    expect(secondsOf(told, 'eyes-not-seen')).toEqual([])
  })

  it('when vision dies a warning stops within 2 s, an alarm holds for 10 s and then becomes "cannot see you"', () => {
    const warned = tell([open(3), closed(1.5), unseen(3, 'no-camera')], fps)
    expect(warned.verdicts.filter((v) => v.atMs >= 6500).every((v) => v.level < 2)).toBe(true)
    const alarmed = tell([open(3), closed(4), unseen(14, 'no-camera')], fps)
    expect(alarmed.verdicts.filter((v) => v.atMs >= 7000 && v.atMs < 16_900).every((v) => v.signal === 'alarm')).toBe(true)
    expect(alarmed.verdicts.at(-1)?.signal).toBe('cannot-see')
  })

  it('covering the lens clears no alarm', () => {
    const told = tell([open(3), closed(4), unseen(30, 'covered'), open(2)], fps)
    const covered = told.verdicts.filter((v) => v.atMs >= 8000 && v.atMs < 36_000)
    expect(Math.min(...covered.map((v) => v.level))).toBe(3)
    expect(secondsOf(told, 'eyes-not-seen')).toHaveLength(1)
  })

  it('an alarm without any sight becomes the "cannot see you" pattern after 120 s, never silence', () => {
    const told = tell([open(3), closed(4), unseen(130)], fps)
    expect(told.verdicts.at(-1)?.signal).toBe('cannot-see')
    expect(told.verdicts.some((v) => v.atMs > 7000 && v.signal === 'clear')).toBe(false)
  })
})

describe('around the thresholds', () => {
  it.each([
    [0.97, 0],
    [1.07, 1],
  ])('at 30 fps a closure of %f s gives %i microsleeps', (seconds, count) => {
    expect(secondsOf(tell([open(3), closed(seconds), open(3)], 30), 'microsleep')).toHaveLength(count)
  })

  it('a technician who sets 2.0 s gets 2.0 s', () => {
    const told = tell([open(3), closed(2.5), open(2)], 30, { ...defaultPolicy, microsleepMs: 2000 })
    expect(secondsOf(told, 'microsleep')[0]).toBeCloseTo(5, 1)
  })

  it('a single frame called open inside a closure at 30 fps is noise, an opening of 0.2 s is not', () => {
    expect(secondsOf(tell([open(3), closed(0.7), open(0.034), closed(0.7), open(2)], 30), 'microsleep')).toHaveLength(1)
    expect(secondsOf(tell([open(3), closed(0.7), open(0.2), closed(0.7), open(2)], 30), 'microsleep')).toHaveLength(0)
  })

  it('seven and nine seconds without eyes: only the second is told', () => {
    expect(tell([open(3), unseen(7), open(3)], 15).summary).toEqual([])
    expect(secondsOf(tell([open(3), unseen(9), open(3)], 15), 'eyes-not-seen')).toHaveLength(1)
  })
})

describe('measures', () => {
  it('PERCLOS is the share of seen time with eyes closed, long closures only, and withheld before 36 s', () => {
    const story = Array.from({ length: 10 }, () => [open(5.2), closed(0.6), open(0.05), closed(0.15)]).flat()
    const { verdicts } = tell(story, 30)
    expect(verdicts.find((v) => v.measures.perclos60 !== null)?.atMs).toBeGreaterThanOrEqual(36_000 - 100)
    expect(verdicts.at(-1)?.measures.perclos60).toBeCloseTo(0.13, 1)
    expect(tell(awake(60), 30).verdicts.at(-1)?.measures.perclos60).toBe(0)
  })

  it('counts fifteen blinks a minute, and withholds the figure below 15 fps', () => {
    expect(tell(awake(64), 30).verdicts.at(-1)?.measures.blinksPerMinute).toBe(15)
    expect(tell(awake(64), 10).verdicts.at(-1)?.measures.blinksPerMinute).toBeNull()
  })

  it('coverage falls with the share of the last minute in which no eye was seen', () => {
    expect(tell([open(30), unseen(30)], 15).verdicts.at(-1)?.measures.coverage).toBeCloseTo(0.5, 1)
  })
})

it('refuses an observation that goes back in time', () => {
  const judgement = createJudgement(defaultPolicy)
  judgement.observe(observationOf(1000, 0, { left: 0, right: 0 }))
  expect(() => judgement.observe(observationOf(999, 1, { left: 0, right: 0 }))).toThrow(RangeError)
})
