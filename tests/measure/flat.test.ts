/** The measure of growth must be able to find a leak. */
import { expect, it } from 'vitest'
import { growthOf, isFlat, type Sample } from '../../scripts/measure/flat/growth.js'

const hour = (of: (minute: number) => Partial<Sample>): Sample[] =>
  Array.from({ length: 121 }, (_, n) => ({ minute: n / 2, mainMb: 60, visionMb: 140, mainFds: 30, visionFds: 25, ...of(n / 2) }))

it('a heap that breathes, and a start that takes its time, are flat', () =>
  expect(
    isFlat(
      hour((minute) => ({ mainMb: minute < 4 ? 50 : 60 + 4 * Math.sin(minute) })),
      'mainMb',
    ),
  ).toBe(true))

it('0.15 MB a minute are a leak, and so is one descriptor in ten minutes', () => {
  const leaking = hour((minute) => ({ visionMb: 140 + 0.15 * minute, mainFds: 30 + Math.floor(minute / 10) }))
  expect(growthOf(leaking, 'visionMb')).toBeCloseTo(6.7, 1)
  expect(isFlat(leaking, 'visionMb')).toBe(false)
  expect(isFlat(leaking, 'mainFds')).toBe(false)
  expect(isFlat(leaking, 'visionFds')).toBe(true)
})
