import { describe, expect, it } from 'vitest'
import { blinking, drive, eyes, firstAt, told } from './drive.js'

/** Eyes shut for `shutSeconds` once in every `everySeconds`. */
const shutting = (seconds: number, shutSeconds: number, everySeconds: number, p = 0.97) =>
  eyes(seconds, (s) => (s % everySeconds < shutSeconds ? p : 0.05))

/** Open eyes with the head turned. */
const turned = (seconds: number, yaw: number, pitch = 0, speedKmh: number | null = null) => eyes(seconds, 0.05, { yaw, pitch, speedKmh })

describe('perclos', () => {
  // One closure of 0.4 s in 5.4 s and in 4.6 s: 7.4 % and 8.7 %.
  it.each([
    [5.4, []],
    [4.6, ['perclos/1']],
  ])('a closure of 0.4 s every %f s gives %j', (everySeconds, expected) => {
    expect(told(drive([blinking(30), shutting(60, 0.39, everySeconds)], 30))).toEqual(expected)
  })

  // 11.4 % and 12.9 %.
  it.each([
    [3.5, ['perclos/1']],
    [3.1, ['perclos/1', 'perclos/2']],
  ])('a closure of 0.4 s every %f s gives %j', (everySeconds, expected) => {
    expect(told(drive([blinking(60), shutting(60, 0.39, everySeconds)], 30)).filter((rule) => rule.startsWith('perclos'))).toEqual(expected)
  })

  it('is not found by lids that only sink: a squint at 0.7 is no closed eye', () => {
    expect(told(drive([blinking(60), shutting(60, 0.4, 2, 0.7)], 30))).not.toContain('perclos/1')
  })

  it('is withheld below 15 frames a second', () => {
    expect(told(drive([shutting(100, 0.45, 3)], 14))).toEqual([])
  })

  it('tells the nods of the last minute as evidence, which alone raise nothing', () => {
    const nodding = (p: number) => eyes(6, (s) => (s % 2 < 0.4 ? p : 0.05), { pitch: 0 })
    const nod = eyes(0.6, 0.05, { pitch: -24 })
    expect(told(drive([blinking(70), nod, blinking(4), nod, blinking(4)], 30))).toEqual([])
    const driven = drive([blinking(60), nod, ...[1, 2, 3, 4, 5].map(() => nodding(0.97))], 30)
    expect(driven.decisions.find((d) => d.rule === 'perclos')?.evidence.nods).toBe(1)
  })

  it('carries the figures, and a confidence no higher than what was seen', () => {
    const { decisions } = drive([blinking(60), shutting(40, 0.4, 2)], 30)
    expect(decisions[0]?.evidence.perclos).toBeGreaterThanOrEqual(0.08)
    expect(decisions[0]?.evidence).toMatchObject({ windowMs: 60_000 })
    expect(decisions[0]?.confidence).toBeLessThanOrEqual(0.8)
  })
})

describe('slow-closures', () => {
  const closures = (lasting: number, apart: number) => [blinking(10), ...[1, 2, 3].flatMap(() => [eyes(lasting, 0.97), eyes(apart, 0.05)])]

  it.each([15, 24, 30, 60])('three of 0.6 s within a minute raise it while the third lasts, three of 0.4 s do not (%i fps)', (fps) => {
    const driven = drive(closures(0.6, 15), fps)
    expect(told(driven)).toEqual(['slow-closures/1'])
    expect(firstAt(driven, 'slow-closures', 1)).toBeGreaterThan(10 + 2 * 15.6 + 0.4)
    expect(firstAt(driven, 'slow-closures', 1)).toBeLessThan(10 + 2 * 15.6 + 0.6)
    expect(told(drive(closures(0.4, 15), fps))).toEqual([])
  })

  it('three in 58 s, not in 62 s', () => {
    expect(told(drive(closures(0.6, 28), 30))).toEqual(['slow-closures/1'])
    expect(told(drive(closures(0.6, 30.5), 30))).toEqual([])
  })

  it('a closure of 1.05 s counts too, and is a microsleep; none of them is sleep', () => {
    const driven = drive(
      [blinking(10), eyes(0.65, 0.97), eyes(1.5, 0.05), eyes(0.85, 0.97), eyes(1.2, 0.05), eyes(1.1, 0.97), eyes(3, 0.05)],
      24,
    )
    expect(told(driven)).toEqual(['slow-closures/1', 'microsleep/2'])
  })
})

describe('long-blinks', () => {
  it('24 blinks of 0.36 s in three minutes raise it, of 0.26 s do not', () => {
    expect(told(drive([shutting(170, 0.36, 7)], 30))).toEqual(['long-blinks/1'])
    expect(told(drive([shutting(170, 0.26, 7)], 30))).toEqual([])
  })

  it('18 of them are too few to say', () => {
    expect(told(drive([shutting(178, 0.36, 10)], 30))).toEqual([])
  })

  it.each([
    [5, []],
    [3, ['long-blinks/1']],
  ])('one long blink in %i', (oneIn, expected) => {
    const mixed = eyes(120, (s) => (s % 3 < (Math.floor(s / 3) % oneIn === 0 ? 0.36 : 0.2) ? 0.97 : 0.05))
    expect(told(drive([mixed], 30))).toEqual(expected)
  })
})

describe('distraction', () => {
  it.each([5, 15, 30])('looking 40° aside: nothing after 3.3 s, level 1 after 3.5 s, level 2 after 6.5 s (%i fps)', (fps) => {
    expect(told(drive([blinking(70), turned(3.3, 40), blinking(3)], fps)).filter((rule) => rule !== 'degraded/1')).toEqual([])
    const driven = drive([blinking(70), turned(8, 40), blinking(3)], fps)
    const late = 1.001 / fps
    for (const [level, at] of [
      [1, 73.5],
      [2, 76.5],
    ] as const) {
      expect(firstAt(driven, 'distraction', level)).toBeGreaterThanOrEqual(at - 0.001)
      expect(firstAt(driven, 'distraction', level)).toBeLessThanOrEqual(at + late)
    }
  })

  it.each([
    [49, 76],
    [50, 73.5],
  ])('at %i km/h it is told %f s into the drive', (speedKmh, at) => {
    const driven = drive([blinking(70, 0.05, 0.2, { speedKmh }), turned(8, 40, 0, speedKmh)])
    expect(firstAt(driven, 'distraction', 1)).toBeCloseTo(at, 1)
  })

  it.each([
    [28, 0, []],
    [32, 0, ['distraction/1']],
    [0, -15, []],
    [0, -19, ['distraction/1']],
    [0, 22, []],
    [0, 27, ['distraction/1']],
  ])('a head at %i° / %i° for 5 s gives %j', (yaw, pitch, expected) => {
    expect(told(drive([blinking(70), turned(5, yaw, pitch)]))).toEqual(expected)
  })

  it('is measured from where this driver looks, not from the camera’s axis', () => {
    const camera = blinking(70, 0.05, 0.2, { yaw: 25, pitch: -15 })
    expect(drive([camera]).verdicts.at(-1)?.measures.ahead).toEqual({ yaw: 25, pitch: -15 })
    expect(told(drive([camera, turned(5, 45, -25)]))).toEqual([])
    expect(told(drive([camera, turned(5, -8, -15)]))).toEqual(['distraction/1'])
  })

  it('has wider limits until "ahead" is known, and says that it is being learned', () => {
    expect(told(drive([blinking(20), turned(5, 40)]))).toEqual([])
    const driven = drive([blinking(20), turned(5, 50)])
    expect(told(driven)).toEqual(['distraction/1'])
    expect(driven.decisions[0]?.evidence.ahead).toBe('calibrating')
  })

  it('"ahead" is clamped to 30° and 20°, and learned while driving only, where speed is known', () => {
    expect(drive([blinking(70, 0.05, 0.2, { yaw: 50, pitch: 40 })]).verdicts.at(-1)?.measures.ahead).toEqual({ yaw: 30, pitch: 20 })
    expect(drive([blinking(70, 0.05, 0.2, { speedKmh: 5 })]).verdicts.at(-1)?.measures.ahead).toBeNull()
  })

  it('is never a closure: shut eyes in a head that hangs are asleep, not distracted', () => {
    expect(told(drive([blinking(70), eyes(5, 0.97, { pitch: -30 })]))).toEqual(['microsleep/2', 'sleep/3'])
  })

  it('never exceeds level 2, and a glance back to the road of 0.5 s begins it anew', () => {
    expect(told(drive([blinking(70), turned(30, 40)]))).toEqual(['distraction/1', 'distraction/2'])
    expect(told(drive([blinking(70), turned(3, 40), turned(0.5, 0), turned(3, 40), blinking(3)]))).toEqual([])
  })
})

describe('degraded', () => {
  it.each([
    [7, ['degraded/1']],
    [9, []],
  ])('at %i frames a second: %j, within 10 s', (fps, expected) => {
    const driven = drive([blinking(20)], fps)
    expect(told(driven)).toEqual(expected)
    expect(firstAt(driven, 'degraded', 1) ?? 0).toBeLessThan(10)
  })

  it.each(['dark-glasses', 'too-bright', 'covered'] as const)('one eye lost by %s is told within 10 s, with the reason', (reason) => {
    const driven = drive([blinking(20), { seconds: 9, at: () => ({ left: null, right: 0.05, reason }) }])
    expect(told(driven)).toEqual(['degraded/1'])
    expect(driven.decisions[0]?.evidence.reason).toBe(reason)
  })

  it('not by 4 s of sun, nor by a look aside', () => {
    expect(told(drive([blinking(20), { seconds: 4, at: () => ({ left: null, right: 0.05, reason: 'too-bright' }) }]))).toEqual([])
    expect(told(drive([blinking(20), { seconds: 9, at: () => ({ left: null, right: 0.05, reason: 'turned-away' }) }]))).toEqual([])
  })

  it('behind dark glasses keeps what works: a look aside is still told', () => {
    const behind = (seconds: number, yaw: number) => eyes(seconds, null, { face: true, reason: 'dark-glasses', yaw })
    const driven = drive([blinking(70), behind(7, 0), behind(5, 40)])
    expect(told(driven)).toContain('distraction/1')
    expect(told(driven)).toContain('degraded/1')
  })

  it('is not said of the first minute: what is being learned stands in the measures', () => {
    const driven = drive([blinking(50)])
    expect(told(driven)).toEqual([])
    expect(driven.verdicts.at(-1)?.measures).toMatchObject({ calibrating: true, ahead: null })
  })
})
