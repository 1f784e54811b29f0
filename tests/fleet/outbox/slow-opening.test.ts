/** A disk that takes long, or hangs, when the outbox is opened: no `seq` is given twice. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDiskOutbox } from '../../../daemon/fleet/outbox/disk.js'
import { openDiskShelf } from '../../../daemon/fleet/outbox/disk-shelf.js'
import { countOf } from '../../../daemon/fleet/outbox/salvage.js'
import type { OutboxNews } from '../../../daemon/fleet/outbox/types.js'
import { ROOT } from '../examples.js'
import { until } from '../harness.js'
import { entryNumber, NO_NEWS } from './entries.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-slow-opening-'))
  file = path.join(folder, 'outbox.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true }))

const budget = { bytes: 1e6, ageMs: 1e12 }

it('goes on after a number that no count has reached while the file is not open, and says so; then all of it is there', async () => {
  const made = openDiskShelf(file, budget)
  made.insert([entryNumber(1), entryNumber(2)])
  made.close()
  const news: OutboxNews[] = []
  const before = Math.floor(Date.now() / 1000)
  const outbox = await openDiskOutbox({
    ...{ file, budget, nowWallMs: () => null, openWithinMs: 0, threadFile: path.join(ROOT, 'dist/fleet/outbox/thread.js') },
    onNews: (each) => void news.push(each),
    onThreadDeath: (error) => {
      throw error
    },
  })
  expect(outbox.lastSeq).toBeGreaterThanOrEqual(before)
  expect(news).toEqual([{ what: 'seq-leaps', to: outbox.lastSeq }])
  const seq = outbox.lastSeq + 1
  outbox.put(entryNumber(3, { seq }))
  await until(
    () => outbox.depth === 3,
    () => `${outbox.depth} wait`,
  )
  expect((await outbox.take(10, NO_NEWS)).map((each) => each.seq)).toEqual([1, 2, seq])
  expect(outbox.lastSeq).toBe(seq)
  await outbox.close()
  expect(countOf(file)).toBe(seq)
})

it('reads how far seq had counted before the file is checked, in the log too', () => {
  expect(countOf(file)).toBe(0)
  const shelf = openDiskShelf(file, budget)
  shelf.insert([entryNumber(7)])
  expect(countOf(file)).toBe(7)
  shelf.close()
  expect(countOf(folder)).toBeNull()
})
