/** What waits does not delay an alarm: the disk is asked for what goes first, not for all there is. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDiskShelf } from '../../../daemon/fleet/outbox/disk-shelf.js'
import { createMemoryShelf } from '../../../daemon/fleet/outbox/memory-shelf.js'
import type { Entry, Shelf } from '../../../daemon/fleet/outbox/types.js'
import { entryNumber } from './entries.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-lanes-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const budget = { bytes: 1e9, ageMs: 1e12 }
const open = (name: string): Shelf => openDiskShelf(path.join(folder, name), budget)

const medianMs = (work: () => unknown): number => {
  const times = Array.from({ length: 21 }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[10] ?? 0
}

describe('an alarm with 18,000 events before it', () => {
  it('is taken as soon as with none', () => {
    const none = open('none.sqlite')
    const many = open('many.sqlite')
    const levels = [1, 2, 3] as const
    many.insert(Array.from({ length: 18_000 }, (_, n) => entryNumber(n + 1, { level: levels[n % 3] ?? 1, bootId: 'earlier' })))
    for (const shelf of [none, many]) shelf.insert([entryNumber(18_001)])
    const take = (shelf: Shelf) => shelf.first(1, { bootId: 'boot', sinceMs: 0 }, new Set())
    expect(take(many)).toEqual([entryNumber(18_001)])
    // Looking at them all took some twenty times as long as these bounds.
    expect(medianMs(() => take(many))).toBeLessThan(medianMs(() => take(none)) * 5 + 1)
    expect(medianMs(() => many.makeRoom())).toBeLessThan(1)
    none.close()
    many.close()
  })
})

it('the disk has the order of sending that the memory has, whatever waits', () => {
  const entries = fc.uniqueArray(
    fc.record({
      n: fc.integer({ min: 1, max: 500 }),
      level: fc.constantFrom(0, 1, 2, 3, 4),
      kind: fc.constantFrom('alert', 'trip', 'day'),
    }),
    { selector: ({ n }) => n, maxLength: 60 },
  )
  let files = 0
  fc.assert(
    fc.property(entries, fc.nat(500), fc.nat(20), fc.integer({ min: 1, max: 70 }), (made, newsFrom, busy, count) => {
      files += 1
      const waiting: Entry[] = made.map(({ n, level, kind }) =>
        kind === 'alert' ? entryNumber(n, { level }) : entryNumber(n, { kind: kind === 'trip' ? 'trip' : 'day', level: 0 }),
      )
      const [disk, memory] = [open(`${files}.sqlite`), createMemoryShelf()]
      for (const shelf of [disk, memory]) shelf.insert(waiting)
      const taken = new Set(waiting.slice(0, busy).map(({ id }) => id))
      const live = { bootId: 'boot', sinceMs: newsFrom * 1000 }
      expect(disk.first(count, live, taken)).toEqual(memory.first(count, live, taken))
      disk.close()
    }),
    { numRuns: 60 },
  )
})

it('an outbox of the version before gets its new index when it is opened', () => {
  const file = path.join(folder, 'before.sqlite')
  const shelf = open('before.sqlite')
  shelf.insert([entryNumber(1)])
  shelf.close()
  const database = new Database(file)
  database.exec('DROP INDEX byLane; DROP TABLE standing; CREATE INDEX bySeq ON waiting (seq)')
  database.close()
  const after = open('before.sqlite')
  expect(after.first(5, { bootId: '', sinceMs: 0 }, new Set())).toEqual([entryNumber(1)])
  after.close()
})
