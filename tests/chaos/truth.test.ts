/** The chaos run must be able to fail: what it takes for told, and what for missed. */
import { describe, expect, it } from 'vitest'
import { closuresOf, gapsOf } from '../../scripts/chaos/road/truth.js'

// Watched for two loops of 5 s from 1000 ms on: the eyes close at 3400 and 8400 ms, and their second is over at 4400 and 9400 ms.
const watched = [{ originMs: 1000, fromMs: 1200, toMs: 11_000 }]
const frames = Array.from({ length: 150 }, (_, frame) => 1200 + (frame * 1000) / 15)
const buzzer = [
  { fromMs: 4450, toMs: 5000 },
  { fromMs: 9450, toMs: 10_000 },
]

describe('a closure that was wholly seen', () => {
  it('is told by event and buzzer', () =>
    expect(closuresOf(watched, [4420, 9420], buzzer, [], frames).map(({ lateMs, buzzer }) => [lateMs, buzzer])).toEqual([
      [20, true],
      [20, true],
    ]))

  it('is missed without an event near its second', () =>
    expect(closuresOf(watched, [4420, 10_200], buzzer, [], frames).map(({ lateMs }) => lateMs)).toEqual([20, null]))

  it('is missed without the buzzer, unless its line refused', () => {
    const [first, second] = closuresOf(watched, [4420, 9420], [], [{ fromMs: 9000, toMs: 9500 }], frames)
    expect([first?.buzzer, first?.excused, second?.excused]).toEqual([false, false, true])
  })

  it('is none where a fault came before its second was over', () =>
    expect(closuresOf([{ originMs: 1000, fromMs: 1200, toMs: 4500 }], [], [], [], frames)).toEqual([]))

  it('is none where the eyes came back in the midst of it', () =>
    expect(closuresOf([{ originMs: 1000, fromMs: 3900, toMs: 6000 }], [], [], [], frames)).toEqual([]))

  it('is set apart where the machine gave no frame for longer than a closure is bridged', () => {
    const without = (fromMs: number, toMs: number) => frames.filter((atMs) => atMs < fromMs || atMs > toMs)
    const isStarved = (seen: number[]) => closuresOf(watched, [], [], [], seen).map((closure) => closure.isStarved)
    expect(isStarved(without(3600, 3850))).toEqual([false, false])
    expect(isStarved(without(3600, 4000))).toEqual([true, false])
  })
})

it('numbers that are missing are events that were lost', () => expect(gapsOf(new Set([1, 2, 4, 7]))).toEqual([3, 5, 6]))
