/** The shelf on disk, without its thread: what it keeps within its budget, and what a keeper tells of it. */
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDiskShelf } from '../../../daemon/fleet/outbox/disk-shelf.js'
import { createKeeper } from '../../../daemon/fleet/outbox/keeper.js'
import { createMemoryShelf } from '../../../daemon/fleet/outbox/memory-shelf.js'
import type { OutboxNews, Shelf } from '../../../daemon/fleet/outbox/types.js'
import { entryNumber, NO_NEWS } from './entries.js'

const boot = { bootId: 'boot', monotonicMs: () => 60_000 }
const DAY_MS = 86_400_000
const file = () => path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-shelf-')), 'outbox.sqlite')
const shelves: { close(): void }[] = []
afterEach(() => {
  for (const shelf of shelves.splice(0)) shelf.close()
})
const opened = (bytes: number, name = file()): Shelf => {
  const shelf = openDiskShelf(name, { bytes, ageMs: DAY_MS }, boot)
  shelves.push(shelf)
  return shelf
}
const seqs = (shelf: Shelf): number[] => shelf.first(99, NO_NEWS, new Set()).map(({ seq }) => seq)

it('takes an entry that is put twice once', () => {
  const shelf = opened(1e6)
  shelf.insert([entryNumber(1), entryNumber(2)])
  shelf.insert([entryNumber(2)])
  expect([shelf.depth, seqs(shelf), shelf.lastSeq]).toEqual([2, [1, 2], 2])
})

it('gives up the least severe first when it is over its budget, and nothing while it is within', () => {
  const shelf = opened(1500)
  shelf.insert([entryNumber(1, { level: 3 }), entryNumber(2, { level: 1 }), entryNumber(3, { level: 3 }), entryNumber(4, { level: 1 })])
  const noRoom = shelf.makeRoom()
  expect(noRoom).toBeGreaterThan(0)
  expect(shelf.depth).toBe(4 - noRoom)
  expect(seqs(shelf).slice(0, 1)).toEqual([1])
  expect(shelf.makeRoom()).toBe(0)
})

it('keeps the last one, however large', () => {
  const shelf = opened(10)
  shelf.insert([entryNumber(1), entryNumber(2)])
  shelf.makeRoom()
  expect(shelf.depth).toBe(1)
})

it('gives up what is older than it may be, where the time of day is known', () => {
  const shelf = opened(1e6)
  const wallMs = entryNumber(1).wallMs ?? 0
  shelf.insert([entryNumber(1, { bootId: 'before' }), entryNumber(2, { bootId: 'before', wallMs: wallMs + DAY_MS })])
  expect(shelf.dropOld(wallMs + DAY_MS)).toBe(0)
  expect(shelf.dropOld(wallMs + DAY_MS + 5000)).toBe(1)
  expect(seqs(shelf)).toEqual([2])
})

it('is trimmed by its keeper, who tells of each', () => {
  const news: OutboxNews[] = []
  const name = file()
  const wallMs = entryNumber(1).wallMs ?? 0
  const keeper = createKeeper({
    file: name,
    open: () => openDiskShelf(name, { bytes: 1500, ageMs: DAY_MS }, boot),
    spare: createMemoryShelf(),
    onNews: (one) => news.push(one),
    nowWallMs: () => wallMs + DAY_MS + 500,
  })
  shelves.push(keeper)
  keeper.put([entryNumber(0.5, { seq: 1, bootId: 'before', wallMs })])
  keeper.age()
  expect(news).toEqual([{ what: 'dropped', count: 1, why: 'too-old' }])
  keeper.put([1, 2, 3, 4].map((n) => entryNumber(n + 1, { wallMs: wallMs + DAY_MS })))
  expect(news.at(-1)).toMatchObject({ what: 'dropped', why: 'no-room' })
  expect(keeper.dropped).toBe(5 - keeper.depth)
})

it('takes no more than twice its budget on the disk, however often the least severe make room', () => {
  const budget = 2e6
  const name = file()
  const shelf = opened(budget, name)
  const levels = [0, 1, 2, 3, 4] as const
  for (let seq = 1; seq < 8000; seq += 50) {
    shelf.insert(
      Array.from({ length: 50 }, (_, at) => entryNumber(seq + at, { level: levels[(seq + at) % 5] ?? 2, payload: 'y'.repeat(800) })),
    )
    shelf.makeRoom()
  }
  const bytesOf = (part: string) => statSync(name + part).size
  expect(bytesOf('') / budget).toBeLessThan(2)
  expect(bytesOf('-wal')).toBeLessThan(2e6)
})
