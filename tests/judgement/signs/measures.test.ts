import { describe, expect, it } from 'vitest'
import { blinking, drive, eyes } from './drive.js'

const last = (segments: Parameters<typeof drive>[0], fps = 30) => drive(segments, fps).verdicts.at(-1)?.measures

/** Eyes shut for `shutSeconds` once in every `everySeconds`. */
const shutting = (seconds: number, shutSeconds: number, everySeconds: number) =>
  eyes(seconds, (s) => (s % everySeconds < shutSeconds ? 0.97 : 0.05))

describe('PERCLOS', () => {
  it.each([15, 30, 60])('is the share of seen time in longer closures (%i fps)', (fps) => {
    expect(last([shutting(70, 0.6, 6)], fps)?.perclos60).toBeCloseTo(0.1, 2)
  })

  it('leaves out closures of less than 0.25 s', () => {
    expect(last([shutting(70, 0.2, 2)])?.perclos60).toBe(0)
    expect(last([shutting(70, 0.28, 2)])?.perclos60).toBeGreaterThan(0.13)
  })

  it('counts a closure that still runs', () => {
    expect(last([blinking(60), eyes(6, 0.97)])?.perclos60).toBeCloseTo(0.1, 2)
  })

  it('is withheld before 36 s, of 180 s before 108 s', () => {
    const { verdicts } = drive([blinking(120)], 15)
    const first = (of: 'perclos60' | 'perclos180') => (verdicts.find((v) => v.measures[of] !== null)?.atMs ?? 0) / 1000
    expect(first('perclos60')).toBeGreaterThanOrEqual(35.9)
    expect(first('perclos60')).toBeLessThan(36.2)
    expect(first('perclos180')).toBeGreaterThanOrEqual(107.9)
    expect(first('perclos180')).toBeLessThan(108.2)
  })

  it('is withheld while less than 60 % of the minute was seen, and says so', () => {
    expect(last([blinking(60), eyes(23, null)], 15)?.perclos60).not.toBeNull()
    const measures = last([blinking(60), eyes(25, null)], 15)
    expect([measures?.perclos60, measures?.withheld]).toEqual([null, 'too-little-seen'])
  })

  it('is withheld at 14 frames a second, given at 15, and says so', () => {
    expect(last([blinking(70)], 15)?.withheld).toBeNull()
    expect(last([blinking(70)], 14)).toMatchObject({ perclos60: null, blinksPerMinute: null, withheld: 'too-few-frames' })
  })
})

describe('blinks', () => {
  it.each([15, 30, 60])('are counted in a minute of seen time, and timed (%i fps)', (fps) => {
    const measures = last([blinking(185)], fps)
    expect(measures?.blinksPerMinute).toBeCloseTo(15, 0)
    expect(measures?.blinkMs).toBeGreaterThan(200 - 1000 / fps)
    expect(measures?.blinkMs).toBeLessThan(200 + 1000 / fps)
    expect(measures).toMatchObject({ longBlinkShare: 0, blinksRarely: false })
  })

  it('of one frame at 30 fps are too short to be told from noise, of two are not', () => {
    expect(last([shutting(70, 1 / 30 - 0.001, 4)])?.blinksPerMinute).toBe(0)
    expect(last([shutting(70, 2 / 30 - 0.001, 4)])?.blinksPerMinute).toBeCloseTo(15, 0)
  })

  it('are long above 0.3 s, and closures above 0.5 s are no blinks', () => {
    expect(last([shutting(185, 0.26, 4)])?.longBlinkShare).toBe(0)
    expect(last([shutting(185, 0.36, 4)])?.longBlinkShare).toBe(1)
    expect(last([shutting(185, 0.56, 4)])).toMatchObject({ blinks180: 0, longBlinkShare: null })
  })

  it('count in the mean of all closures, with the longer ones', () => {
    const measures = last([eyes(200, (s) => (s % 8 < 0.2 || (s % 8 > 4 && s % 8 < 4.8) ? 0.97 : 0.05))])
    expect(measures?.closureMs).toBeGreaterThan(470)
    expect(measures?.closureMs).toBeLessThan(530)
  })

  it('are rare at two a minute over three minutes, not at four', () => {
    expect(last([shutting(185, 0.2, 30)], 15)?.blinksRarely).toBe(true)
    expect(last([shutting(185, 0.2, 15)], 15)?.blinksRarely).toBe(false)
    expect(last([shutting(170, 0.2, 30)], 15)?.blinksRarely).toBeNull()
  })
})

it('the frame rate is that of the last five seconds, and not known in the first', () => {
  expect(last([blinking(10)], 12)?.fps).toBeCloseTo(12, 0)
  expect(last([blinking(0.9)], 12)?.fps).toBeNull()
})

it('coverage is the share of the last minute in which an eye was seen', () => {
  expect(last([blinking(60), eyes(15, null)], 15)?.coverage).toBeCloseTo(0.75, 1)
})
