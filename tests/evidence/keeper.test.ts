/** Which pictures are kept of an alarm: two a second are made, here each as its own time in text. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeeper, type Raised, type Seen } from '../../daemon/evidence/keeper.js'

const alarmAt = (atMs: number, change: Partial<Raised> = {}): Raised => ({
  ...{ id: 'first', rule: 'microsleep', level: 2, at: '2026-11-28T09:00:00.000Z', clockSynced: true, atMs },
  ...change,
})

/** A drive with a picture every half second; alarms are raised when their time comes. */
function drive(seconds: number, alarms: readonly Raised[], { beforeMs = 3000, afterMs = 3000 } = {}): { kept: Seen[]; left: Seen[] } {
  const keeper = createKeeper({ beforeMs, afterMs })
  const kept: Seen[] = []
  const todo = [...alarms]
  for (let atMs = 0; atMs <= seconds * 1000; atMs += 500) {
    while (todo[0] !== undefined && todo[0].atMs < atMs) keeper.raised(todo.shift() ?? alarmAt(0))
    kept.push(...keeper.saw({ atMs, jpeg: Buffer.from(String(atMs)) }))
    kept.push(...keeper.passed(atMs))
  }
  return { kept, left: keeper.stop() }
}
const times = (record: Seen | undefined): number[] => (record?.pictures ?? []).map(({ atMs }) => atMs)

describe('of an alarm are kept', () => {
  it('the seconds before and after, counted from it, and nothing of the rest of the drive', () => {
    const { kept, left } = drive(60, [alarmAt(20_000)])
    expect(kept).toHaveLength(1)
    expect(kept[0]).toMatchObject({ id: 'first', rule: 'microsleep', level: 2, at: '2026-11-28T09:00:00.000Z' })
    expect(times(kept[0])).toEqual([-3000, -2500, -2000, -1500, -1000, -500, 0, 500, 1000, 1500, 2000, 2500, 3000])
    expect(kept[0]?.pictures[0]?.jpeg.toString()).toBe('17000')
    expect(left).toEqual([])
  })

  it('the seconds after each rise of its level, under the rule that raised it and the highest level', () => {
    const { kept } = drive(60, [
      alarmAt(20_000),
      alarmAt(22_000, { rule: 'sleep', level: 3 }),
      alarmAt(25_000, { rule: 'unresponsive', level: 4 }),
    ])
    expect(kept).toMatchObject([{ rule: 'microsleep', level: 4 }])
    expect(times(kept[0]).at(-1)).toBe(8000)
  })

  it('at most 30 s and what comes after them is a record of its own', () => {
    const rises = Array.from({ length: 40 }, (_, n) => alarmAt(20_000 + n * 1000))
    const { kept } = drive(120, rises)
    expect(kept.map((record) => record.id)).toEqual(['first', 'first'])
    expect(times(kept[0]).at(-1)).toBe(30_000)
  })

  it('what there was, of one in the first second of a drive', () => {
    expect(times(drive(60, [alarmAt(600)]).kept[0])[0]).toBe(-600)
  })

  it('both, of two at a time, each from its own beginning', () => {
    const { kept } = drive(60, [alarmAt(20_000), alarmAt(21_000, { id: 'second', rule: 'distraction' })])
    expect(kept.map((record) => [record.id, times(record)[0], times(record).at(-1)])).toEqual([
      ['first', -3000, 3000],
      ['second', -3000, 3000],
    ])
  })
})

it('a camera that dies in the alarm leaves what was seen until then, as soon as its time is over', () => {
  const keeper = createKeeper({ beforeMs: 3000, afterMs: 3000 })
  keeper.saw({ atMs: 0, jpeg: Buffer.from('x') })
  keeper.raised(alarmAt(100))
  expect(keeper.passed(4000)).toEqual([])
  expect(keeper.passed(4101).map(times)).toEqual([[-100]])
})

it('an alarm without a picture is no record', () => {
  const keeper = createKeeper({ beforeMs: 3000, afterMs: 3000 })
  keeper.raised(alarmAt(100))
  expect([keeper.passed(60_000), keeper.stop()]).toEqual([[], []])
})

it('an alarm that stands when the daemon stops is kept with what there is, and nothing of before is remembered', () => {
  const keeper = createKeeper({ beforeMs: 3000, afterMs: 3000 })
  keeper.saw({ atMs: 0, jpeg: Buffer.from('x') })
  keeper.raised(alarmAt(100))
  expect(keeper.stop().map(times)).toEqual([[-100]])
  keeper.raised(alarmAt(200, { id: 'next' }))
  expect(keeper.stop()).toEqual([])
})

it('whatever is raised and whenever: every picture lies within the time that was asked for, in order, and each record has one', () => {
  const alarms = fc.array(
    fc.record({ atMs: fc.integer({ min: 1, max: 60_000 }), id: fc.constantFrom('a', 'b', 'c'), level: fc.integer({ min: 1, max: 4 }) }),
    { maxLength: 12 },
  )
  const span = fc.record({ beforeMs: fc.integer({ min: 0, max: 10_000 }), afterMs: fc.integer({ min: 1000, max: 10_000 }) })
  fc.assert(
    fc.property(alarms, span, (raised, asked) => {
      const inOrder = [...raised].sort((a, b) => a.atMs - b.atMs).map((each) => alarmAt(each.atMs, each))
      const { kept, left } = drive(120, inOrder, asked)
      expect(left).toEqual([])
      expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(raised.map(({ id }) => id)))
      for (const record of kept) {
        expect(times(record)).toEqual([...times(record)].sort((a, b) => a - b))
        expect(times(record)[0]).toBeGreaterThanOrEqual(-asked.beforeMs)
        expect(times(record).at(-1)).toBeLessThanOrEqual(Math.max(30_000, asked.afterMs))
      }
    }),
  )
})
