import { expect, it } from 'vitest'
import { createTally } from '../../../daemon/judgement/signs/tally.js'

it('holds what lies in the window, at any rate of steps', () => {
  for (const stepMs of [7, 33, 200, 990]) {
    const tally = createTally(60_000, 250)
    let now = 0
    for (; now < 200_000; now += stepMs) if (now % 10_000 < 2500) tally.span(now, now + stepMs)
    // A quarter of the time; the edges of the spans fall where the steps fall.
    expect(Math.abs(tally.within(now) - 15_000)).toBeLessThan(6 * stepMs + 1)
  }
})

it('forgets to the millisecond what leaves the window', () => {
  const tally = createTally(60_000, 250)
  tally.span(1000, 2000)
  expect(tally.within(61_000)).toBeCloseTo(1000)
  expect(tally.within(61_500)).toBeCloseTo(500)
  expect(tally.within(62_000)).toBeCloseTo(0)
})

it('forgets all after a silence longer than the window, and takes what is put late', () => {
  const tally = createTally(1000, 100)
  tally.put(50, 3)
  expect(tally.within(5000)).toBe(0)
  tally.put(4500, 2)
  tally.put(3000, 7)
  expect(tally.within(5000)).toBe(2)
})

it('does not drift over a million steps', () => {
  const tally = createTally(1000, 100)
  for (let i = 0; i < 1_000_000; i++) tally.put(i / 3, 0.1)
  expect(tally.within(1_000_000 / 3)).toBeCloseTo(300, 0)
})
