import { expect, it } from 'vitest'
import { createThinner } from '../../daemon/replay/thin.js'

const times = (fps: number, seconds: number) => Array.from({ length: fps * seconds }, (_, i) => (i * 1000) / fps)

it.each([
  [30, 15],
  [30, 10],
  [30, 5],
  [25, 10],
  [20, 15],
])('thins %i frames a second to %i, evenly', (from, to) => {
  const keep = createThinner(to)
  const kept = times(from, 10).filter(keep)
  expect(kept).toHaveLength(to * 10)
  const gaps = kept.slice(1).map((t, i) => t - (kept[i] ?? 0))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(1000 / to + 1000 / from)
})

it('keeps every frame of a recording that is slower than asked for', () => {
  expect(times(10, 3).filter(createThinner(30))).toHaveLength(30)
})

it('keeps every frame when nothing is asked for', () => {
  expect(times(30, 2).filter(createThinner(null))).toHaveLength(60)
})
