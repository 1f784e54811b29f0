/** The chaos run must be able to fail: what it takes for told, and what for missed. */
import { describe, expect, it } from 'vitest'
import { closuresOf, gapsOf } from '../../scripts/chaos/road/truth.js'

// Watched for two loops of 5 s from 1000 ms on: the eyes close at 3400 and 8400 ms, and their second is over at 4400 and 9400 ms.
const watched = [{ fromMs: 1000, toMs: 11_000 }]
const buzzer = [
  { fromMs: 4450, toMs: 5000 },
  { fromMs: 9450, toMs: 10_000 },
]

describe('a closure that was wholly seen', () => {
  it('is told by event and buzzer', () =>
    expect(closuresOf(watched, [4420, 9420], buzzer, []).map(({ event, buzzer }) => [event, buzzer])).toEqual([
      [true, true],
      [true, true],
    ]))

  it('is missed without an event near its second', () =>
    expect(closuresOf(watched, [4420, 10_200], buzzer, []).map(({ event }) => event)).toEqual([true, false]))

  it('is missed without the buzzer, unless its line refused', () => {
    const [first, second] = closuresOf(watched, [4420, 9420], [], [{ fromMs: 9000, toMs: 9500 }])
    expect([first?.buzzer, first?.excused, second?.excused]).toEqual([false, false, true])
  })

  it('is none where a fault came before its second was over', () =>
    expect(closuresOf([{ fromMs: 1000, toMs: 4500 }], [], [], [])).toEqual([]))
})

it('numbers that are missing are events that were lost', () => expect(gapsOf(new Set([1, 2, 4, 7]))).toEqual([3, 5, 6]))
