/** The measure of the buzzer's lateness must be able to find a late one, and one that is missing. */
import { expect, it } from 'vitest'
import { latenessOf } from '../../scripts/measure/edge/truth.js'

const frames = (closedFromMs: number, closedToMs: number) =>
  Array.from({ length: 60 }, (_, n) => ({ atMs: n * 100, isClosed: n * 100 >= closedFromMs && n * 100 < closedToMs }))

it('counts from the second after the first closed frame to the first edge', () => {
  expect(latenessOf(frames(2000, 3800), [3010, 3500])).toEqual([10])
})

it('finds a closure without an edge, or with one that came when the eyes were open again', () => {
  expect(latenessOf(frames(2000, 3800), [])).toEqual([null])
  expect(latenessOf(frames(2000, 3800), [2500, 3900])).toEqual([null])
})

it('leaves out what is shorter than a second', () => expect(latenessOf(frames(2000, 2900), [])).toEqual([]))
