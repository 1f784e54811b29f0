/** The cuts: the same seed gives the same, some come before the service watches, and there is something to lose. */
import { expect, it } from 'vitest'
import { planCuts } from '../../scripts/vehicle/plan.js'

it('is the same for the same seed, and another for another', () => {
  expect(planCuts(20, 7, 12)).toEqual(planCuts(20, 7, 12))
  expect(planCuts(20, 8, 12)).not.toEqual(planCuts(20, 7, 12))
})

it('begins alike however many cuts there are, so that a run that was ended can go on with more', () =>
  expect(planCuts(20, 7, 12).slice(0, 5)).toEqual(planCuts(5, 7, 12)))

it('cuts one in four before the service watches, the others within its first story and a little more', () => {
  const plan = planCuts(40, 3, 12)
  expect(plan.filter(({ kind }) => kind === 'early')).toHaveLength(10)
  for (const { kind, seconds } of plan) {
    expect(seconds).toBeGreaterThanOrEqual(kind === 'early' ? 0 : 0.5)
    expect(seconds).toBeLessThan(kind === 'early' ? 12 : 20)
  }
})

it('keeps the broker out of reach at first, and about half the time', () => {
  const plan = planCuts(200, 5, 12)
  expect(plan[0]?.isRoadOpen).toBe(false)
  expect(plan.filter(({ isRoadOpen }) => isRoadOpen).length).toBeGreaterThan(70)
  expect(plan.filter(({ isRoadOpen }) => isRoadOpen).length).toBeLessThan(130)
})
