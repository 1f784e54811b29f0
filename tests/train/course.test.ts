import { describe, expect, it } from 'vitest'
import { FIRST, legAt, legsOf, type Shares, stepsPerEpoch, WITHOUT_CEW } from '../../scripts/train/course.js'
import { JOBS } from '../../scripts/train/jobs.js'

const sum = (shares: Shares): number =>
  Object.values(shares).reduce(
    (all, labels: Readonly<Record<string, number>>) => Object.values(labels).reduce((one, share) => one + share, all),
    0,
  )

describe('the courses of a run', () => {
  // A hundred steps a pass.
  const shares: Shares = { mrl: { closed: 0.5, open: 0.5 }, spoiled: { none: 0 } }
  const legs = legsOf(
    [
      { ...FIRST, shares, epochs: 1 },
      { ...WITHOUT_CEW, shares, epochs: 0.3 },
    ],
    1000,
    10,
  )

  it('follow one another, each with the last part that it asks for', () => {
    expect(legs.map(({ from, lastFrom, until }) => [from, lastFrom, until])).toEqual([
      [0, 60, 100],
      [100, 130, 130],
    ])
  })

  it('are found by the step, the last one from its end on', () => {
    expect(legAt(legs, 99).course.peak).toBe(FIRST.peak)
    expect(legAt(legs, 100).course.peak).toBe(WITHOUT_CEW.peak)
    expect(legAt(legs, 130).course.peak).toBe(WITHOUT_CEW.peak)
    expect(() => legAt([], 0)).toThrow(/needs a course/)
  })

  it('are as long as passes over the crops, of which a batch holds its share', () => {
    expect(stepsPerEpoch({ mrl: { closed: 0.25, open: 0.25 }, spoiled: { none: 0.5 } }, 1000, 100)).toBe(20)
    expect(legsOf([{ ...FIRST, epochs: 2 }], 1000, 100)[0]?.until).toBe(2 * stepsPerEpoch(FIRST.shares, 1000, 100))
  })

  it('draw about as often as there are places in a batch', () => {
    for (const { courses } of JOBS) for (const { shares } of courses) expect(sum(shares)).toBeCloseTo(1, 0)
  })
})
