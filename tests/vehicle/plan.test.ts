/** The cuts: the same seed gives the same, some come before the service watches, and there is something to lose. */
import { expect, it } from 'vitest'
import { planCuts } from '../../scripts/vehicle/plan.js'

const boot = { startSeconds: 11, bootSeconds: 17 }

it('is the same for the same seed, and another for another', () => {
  expect(planCuts(20, 7, boot)).toEqual(planCuts(20, 7, boot))
  expect(planCuts(20, 8, boot)).not.toEqual(planCuts(20, 7, boot))
})

it('begins alike however many cuts there are, so that a run that was ended can go on with more', () =>
  expect(planCuts(20, 7, boot).slice(0, 5)).toEqual(planCuts(5, 7, boot)))

it('cuts one in four before the service watches, one within its own start, the others within its first story and a little more', () => {
  const plan = planCuts(40, 3, boot)
  const times = (wanted: string) => plan.filter(({ kind }) => kind === wanted).map(({ seconds }) => seconds)
  expect(times('early')).toHaveLength(10)
  expect(times('start')).toHaveLength(10)
  expect(Math.max(...times('early'))).toBeLessThan(17)
  expect(Math.max(...times('start'))).toBeLessThan(17 - 11)
  expect(Math.min(...times('drive'))).toBeGreaterThanOrEqual(0.5)
  expect(Math.max(...times('drive'))).toBeLessThan(20)
})

it('cuts all within one kind of time where that is asked for', () =>
  expect(planCuts(8, 7, boot, 'start').every(({ kind, seconds }) => kind === 'start' && seconds < 6)).toBe(true))

it('keeps the broker out of reach at first, and about half the time', () => {
  const plan = planCuts(200, 5, boot)
  expect(plan[0]?.isRoadOpen).toBe(false)
  expect(plan.filter(({ isRoadOpen }) => isRoadOpen).length).toBeGreaterThan(70)
  expect(plan.filter(({ isRoadOpen }) => isRoadOpen).length).toBeLessThan(130)
})
