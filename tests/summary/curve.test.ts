import { describe, expect, it } from 'vitest'
import { addToCurve, curve, emptyCurve, meansOf } from '../../daemon/summary/curve.js'

const MINUTE_MS = 60_000

describe('the curve', () => {
  it('tells the mean of each 5 minutes driven, and null where the figure was withheld', () => {
    const drive = emptyCurve()
    const figures = [0.02, 0.04, 0.02, 0.04, 0.03, null, null, null, null, null, 0.1]
    for (const [minute, figure] of figures.entries()) addToCurve(drive, minute * MINUTE_MS, figure, MINUTE_MS)
    expect(meansOf(drive).map((mean) => (mean === null ? null : Math.round(mean * 1000)))).toEqual([30, null, 100])
  })

  it('never has more than 96 steps: a long time is told in longer ones, and no minute is lost', () => {
    const week = emptyCurve()
    const minutes = 7 * 24 * 60
    for (let minute = 0; minute < minutes; minute += 1) addToCurve(week, minute * MINUTE_MS, 0.05, MINUTE_MS)
    expect(week.stepMinutes).toBe(160)
    expect(week.sums.length).toBeLessThanOrEqual(96)
    expect(week.knownMs.reduce((sum, ms) => sum + ms, 0)).toBe(minutes * MINUTE_MS)
    for (const mean of meansOf(week)) expect(mean).toBeCloseTo(0.05)
    expect(curve.safeParse(JSON.parse(JSON.stringify(week))).success).toBe(true)
  })
})
