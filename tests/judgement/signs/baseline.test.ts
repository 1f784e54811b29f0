import { describe, expect, it } from 'vitest'
import { thresholdsFor } from '../../../daemon/judgement/signs/baseline/thresholds.js'
import { blinking, drive, eyes, firstAt, told } from './drive.js'

/** Open eyes that waver around `middle` from frame to frame. */
const narrow = (seconds: number, middle = 0.63) => eyes(seconds, (s) => (s % 4 < 0.2 ? 0.97 : middle + 0.1 * Math.sin(97 * s)))

describe('thresholds', () => {
  it('of wide open eyes are those of the configuration', () => {
    const { enter, leave } = thresholdsFor(0, 0.5)
    expect(enter).toBeCloseTo(0.5)
    expect(leave).toBeCloseTo(0.35)
  })

  it('lie half-way between the open level and 1, and never above 0.85', () => {
    expect(thresholdsFor(0.4, 0.5).enter).toBeCloseTo(0.7)
    expect(thresholdsFor(0.7, 0.5).enter).toBeCloseTo(0.85)
    expect(thresholdsFor(0.95, 0.5).enter).toBeCloseTo(0.85)
  })

  it('keep the open eye itself open: the leaving threshold stays above the open level', () => {
    for (const open of [0, 0.2, 0.4, 0.6, 0.7]) expect(thresholdsFor(open, 0.5).leave).toBeGreaterThan(open)
  })

  it('are never below what the technician set, whatever the range allows', () => {
    for (const set of [0.3, 0.5, 0.8]) for (const open of [0, 0.5, 0.9]) expect(thresholdsFor(open, set).enter).toBeGreaterThanOrEqual(set)
  })
})

describe('a driver with narrow eyes', () => {
  it.each([5, 15, 30])('is not called asleep in five minutes of open eyes at 0.53–0.73, from the first frame on (%i fps)', (fps) => {
    expect(told(drive([narrow(300)], fps))).toEqual(fps < 8 ? ['degraded/1'] : [])
  })

  it.each([5, 15, 30])('is alarmed when the eyes shut for 3.5 s (%i fps)', (fps) => {
    const driven = drive([narrow(100), eyes(3.5, 0.93), narrow(5)], fps)
    expect(firstAt(driven, 'microsleep', 2)).toBeLessThanOrEqual(101 + 1.001 / fps)
    expect(firstAt(driven, 'sleep', 3)).toBeLessThanOrEqual(103 + 1.001 / fps)
  })

  it('would be called asleep by the fixed threshold', () => {
    // The same eyes put on after a minute of wide open ones, without a blink that would show an awake driver.
    expect(told(drive([blinking(90), eyes(10, 0.63)]))).toContain('sleep/3')
  })
})

describe('a driver who starts asleep', () => {
  it.each([5, 15, 30])('with shut eyes is alarmed at once: no open eye need come first (%i fps)', (fps) => {
    const driven = drive([eyes(5, 0.92)], fps)
    expect(firstAt(driven, 'microsleep', 2)).toBeLessThanOrEqual(1 + 1.001 / fps)
    expect(firstAt(driven, 'sleep', 3)).toBeLessThanOrEqual(3 + 1.001 / fps)
  })

  it('with eyes that give 0.7 is taken for one with narrow eyes until they have been open', () => {
    expect(told(drive([eyes(10, 0.7)]))).toEqual([])
    expect(told(drive([eyes(10, 0.7), blinking(60), eyes(2, 0.7)]))).toContain('microsleep/2')
  })
})

describe('calibration', () => {
  it('takes a minute of open eyes, and is then frozen', () => {
    const { verdicts } = drive([blinking(63, 0.21), blinking(120, 0.3)])
    const last = verdicts.findLastIndex((v) => v.measures.calibrating)
    // A blink of 0.2 s every 4 s does not count.
    expect(verdicts[last]?.atMs).toBeGreaterThan(60_000)
    expect(verdicts[last]?.atMs).toBeLessThan(64_000)
    expect(new Set(verdicts.slice(last + 2).map((v) => v.measures.openLevel))).toEqual(new Set([0.21]))
  })

  it('does not learn lids that sink in the course of an hour', () => {
    const { verdicts } = drive([blinking(90, 0.05), eyes(600, (s) => (s % 4 < 0.2 ? 0.97 : 0.05 + (0.35 * s) / 600))], 5)
    expect(verdicts.at(-1)?.measures.openLevel).toBe(0.05)
  })

  it('is not confirmed by shut eyes', () => {
    expect(drive([eyes(90, 0.95)]).memory).toBeNull()
  })

  it('reads each eye by its own level: a lid that always hangs does not make the other eye’s cover a closure', () => {
    const hanging = (seconds: number) => ({ seconds, at: () => ({ left: 0.65, right: 0.05 }) })
    const covered = (seconds: number) => ({ seconds, at: () => ({ left: 0.65, right: null, reason: 'covered' as const }) })
    expect(told(drive([hanging(70), covered(4), hanging(5)]))).toEqual([])
  })
})

describe('what was saved', () => {
  const saved = { bare: { left: 0.05, right: 0.05 }, glasses: null, wears: 'bare' as const }

  it('is a first guess only: a driver with narrow eyes after one with wide ones is not called asleep', () => {
    expect(told(drive([narrow(120)], 15, saved))).toEqual([])
  })

  it('is the same object until something changes, and replaced once a minute has confirmed it', () => {
    expect(drive([blinking(30, 0.25)], 15, saved).memory).toBe(saved)
    expect(drive([blinking(70, 0.25)], 15, saved).memory?.bare.left).toBeCloseTo(0.25)
  })

  it('is kept when a calibration fails', () => {
    expect(drive([eyes(70, 0.79)], 15, saved).memory).toBe(saved)
  })
})

describe('another driver', () => {
  it.each([
    [59, false],
    [61, true],
  ])('a face absent for %i s: calibrating again is %s', (seconds, again) => {
    const { verdicts } = drive([blinking(70), eyes(seconds, null), blinking(2)])
    expect(verdicts.at(-1)?.measures.calibrating).toBe(again)
  })

  it('with narrow eyes takes the wheel: not called asleep', () => {
    const driven = drive([blinking(70), eyes(65, null), narrow(120)])
    expect(told(driven)).toEqual(['eyes-not-seen/1'])
  })
})

describe('glasses', () => {
  it('put on: a driver who goes on blinking is not called asleep for the rest of the way', () => {
    const driven = drive([blinking(90, 0.05), blinking(300, 0.6)])
    const late = driven.decisions.filter((d) => d.phase !== 'ended' && d.atMs > 160_000)
    expect(late).toEqual([])
    expect(driven.memory?.wears).toBe('glasses')
    expect(driven.memory?.bare.left).toBeCloseTo(0.05)
  })

  it('taken off again: the first level holds again', () => {
    const driven = drive([blinking(90, 0.05), blinking(120, 0.6), blinking(60, 0.05), eyes(2, 0.6), blinking(3)])
    expect(driven.memory?.wears).toBe('bare')
    expect(driven.memory?.glasses?.left).toBeCloseTo(0.6, 1)
    expect(driven.decisions.some((d) => d.rule === 'microsleep' && d.atMs > 270_000)).toBe(true)
  })

  it('are not read into eyes half closed without a blink: no state silences a sleeping driver', () => {
    const driven = drive([blinking(90), eyes(200, 0.7)])
    expect(driven.verdicts.at(-1)?.level).toBeGreaterThanOrEqual(3)
  })
})
