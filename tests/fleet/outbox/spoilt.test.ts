/** A spoilt page costs what lies on it, not the backlog. */
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDiskShelf } from '../../../daemon/fleet/outbox/disk-shelf.js'
import { createKeeper } from '../../../daemon/fleet/outbox/keeper.js'
import { createMemoryShelf } from '../../../daemon/fleet/outbox/memory-shelf.js'
import { countOf } from '../../../daemon/fleet/outbox/salvage.js'
import type { OutboxNews } from '../../../daemon/fleet/outbox/types.js'
import { entryNumber, NO_NEWS } from './entries.js'

const PAGE = 4096
const COUNT = 500
const budget = { bytes: 50e6, ageMs: 1e12 }
let folder: string
let file: string
let news: OutboxNews[]
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-spoilt-'))
  file = path.join(folder, 'outbox.sqlite')
  news = []
})
afterEach(() => rmSync(folder, { recursive: true }))

const fill = () => {
  const shelf = openDiskShelf(file, budget)
  shelf.insert(Array.from({ length: COUNT }, (_, n) => entryNumber(n + 1)))
  // Sent and gone: the count is ahead of all that waits.
  shelf.insert([entryNumber(COUNT + 9)])
  shelf.remove([entryNumber(COUNT + 9).id])
  shelf.close()
  return statSync(file).size / PAGE
}
const spoil = (page: number) => {
  const fd = openSync(file, 'r+')
  writeSync(fd, Buffer.alloc(PAGE, 0xa5), 0, PAGE, page * PAGE)
  closeSync(fd)
}
const keeper = () =>
  createKeeper({
    file,
    open: (name) => openDiskShelf(name, budget),
    spare: createMemoryShelf(),
    onNews: (each) => void news.push(each),
    nowWallMs: () => null,
  })

describe('an outbox of 500 events with one page overwritten', () => {
  it.each([0.3, 0.5, 0.9])('saves most, says how many it lost, and counts on: the page at %f of the file', (where) => {
    spoil(Math.floor(fill() * where))
    const after = keeper()
    const lost = COUNT - after.depth
    const said = lost === 0 ? [] : [{ what: 'dropped', count: lost, why: 'spoilt' }]
    expect(news).toMatchObject([...said, { what: 'set-aside', saved: after.depth }])
    expect(after.dropped).toBe(lost)
    expect(after.depth).toBeGreaterThan(COUNT - 20)
    expect(after.lastSeq).toBe(COUNT + 9)
    const seqs = after.take(COUNT, NO_NEWS).map(({ seq }) => seq)
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
    after.close()
    const again = keeper()
    expect(again.lastSeq).toBe(COUNT + 9)
    again.close()
  })

  it('finds a page again that a flipped bit in a pointer hides, and sends nothing that was let go', () => {
    const pages = fill()
    const bytes = readFileSync(file)
    // The table begins on the second page, with pointers to others; each cell's first four bytes are one.
    const root = bytes.subarray(PAGE, 2 * PAGE)
    expect(root[0]).toBe(0x02)
    const cell = root.readUInt16BE(12)
    expect(root.readUInt32BE(cell)).toBeLessThan(pages + 1)
    root[cell] = 0x80
    writeFileSync(file, bytes)
    const after = keeper()
    expect(news).toMatchObject([{ what: 'set-aside', saved: COUNT }])
    expect([after.dropped, after.take(2 * COUNT, NO_NEWS).length]).toEqual([0, COUNT])
    after.close()
  })

  it('reads the log too, where the plug was pulled before it was written back', () => {
    const pages = fill()
    spoil(Math.floor(pages / 2))
    const writing = new Database(file)
    writing.pragma('wal_autocheckpoint = 0')
    writing.exec(`UPDATE counter SET value = 900 WHERE name = 'seq'`)
    const after = keeper()
    expect([after.lastSeq, after.depth > COUNT - 20]).toEqual([900, true])
    after.close()
    writing.close()
  })

  it('counts from 0 where the file was made and nothing was ever put in, and does not know where the count is gone', () => {
    new Database(file).exec('PRAGMA user_version = 0; CREATE TABLE t (a)').close()
    expect(countOf(file)).toBe(0)
    rmSync(file)
    fill()
    expect(countOf(file)).toBe(COUNT + 9)
    new Database(file).exec('DELETE FROM counter').close()
    expect(countOf(file)).toBeNull()
  })

  it('that cannot be put under another name holds messages in memory and says so', () => {
    // With what is added to it, longer than a name may be.
    file = path.join(folder, `${'x'.repeat(230)}.sqlite`)
    fill()
    writeFileSync(file, Buffer.alloc(statSync(file).size, 0xa5))
    const after = keeper()
    expect(news).toMatchObject([{ what: 'seq-leaps' }, { what: 'disk-refuses', message: expect.stringContaining('ENAMETOOLONG') }])
    after.put([entryNumber(1)])
    expect(after.take(5, NO_NEWS)).toEqual([entryNumber(1)])
    after.close()
  })

  it('gives no seq twice where nothing can be read, and says so', () => {
    fill()
    writeFileSync(file, Buffer.alloc(statSync(file).size, 0xa5))
    const before = Math.floor(Date.now() / 1000)
    const after = keeper()
    expect(after.lastSeq).toBeGreaterThanOrEqual(before)
    expect(news).toMatchObject([{ what: 'seq-leaps' }, { what: 'set-aside', saved: 0 }])
    after.close()
    const again = keeper()
    expect(again.lastSeq).toBe(after.lastSeq)
    again.close()
    expect(readdirSync(folder).filter((name) => name.includes('.spoilt-'))).toHaveLength(1)
  })
})
