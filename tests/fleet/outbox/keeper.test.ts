import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDiskShelf } from '../../../daemon/fleet/outbox/disk-shelf.js'
import { createKeeper, type Keeper } from '../../../daemon/fleet/outbox/keeper.js'
import { createMemoryShelf } from '../../../daemon/fleet/outbox/memory-shelf.js'
import type { OutboxNews, Shelf } from '../../../daemon/fleet/outbox/types.js'
import { entryNumber, NO_NEWS } from './entries.js'

let folder: string
let file: string
let news: OutboxNews[]
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-keeper-'))
  file = path.join(folder, 'outbox.sqlite')
  news = []
})
afterEach(() => rmSync(folder, { recursive: true }))

const roomy = { bytes: 1e6, ageMs: 86_400_000 }
const openReal = (name: string) => openDiskShelf(name, roomy)

const keeperOn = (open: (file: string) => Shelf = openReal, nowWallMs: number | null = null): Keeper =>
  createKeeper({ file, open, spare: createMemoryShelf(), onNews: (each) => void news.push(each), nowWallMs: () => nowWallMs })

const seqs = (keeper: Keeper) => keeper.take(100, NO_NEWS).map(({ seq }) => seq)

/** A disk that is full while `full.now`. */
const fillable = () => {
  const full = { now: false }
  const refuse = () => {
    if (full.now) throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL')
  }
  const open = (name: string): Shelf => {
    refuse()
    const shelf = openReal(name)
    return {
      ...shelf,
      insert: (entries) => {
        refuse()
        shelf.insert(entries)
      },
      remove: (ids) => {
        refuse()
        shelf.remove(ids)
      },
      get depth() {
        return shelf.depth
      },
      get lastSeq() {
        return shelf.lastSeq
      },
    }
  }
  return { full, open }
}

describe('a disk that is full', () => {
  it('loses nothing: what came meanwhile is sent, and goes to the disk once there is room', () => {
    const { full, open } = fillable()
    const keeper = keeperOn(open)
    keeper.put([entryNumber(1)])
    full.now = true
    keeper.put([entryNumber(2)])
    keeper.put([entryNumber(3)])
    expect(keeper.depth).toBe(3)
    expect(news.map(({ what }) => what)).toEqual(['disk-refuses'])
    full.now = false
    keeper.retry()
    expect(news.at(-1)).toEqual({ what: 'disk-accepts', held: 2 })
    keeper.close()
    expect(seqs(keeperOn())).toEqual([1, 2, 3])
  })

  it('does not send again what was acknowledged meanwhile', () => {
    const { full, open } = fillable()
    const keeper = keeperOn(open)
    keeper.put([entryNumber(1), entryNumber(2)])
    keeper.take(1, NO_NEWS)
    full.now = true
    keeper.acknowledge([entryNumber(1).id])
    keeper.release()
    expect([seqs(keeper), keeper.depth]).toEqual([[2], 1])
    full.now = false
    keeper.retry()
    keeper.close()
    expect(seqs(keeperOn())).toEqual([2])
  })

  it('counts right what came and was acknowledged while it was full', () => {
    const { full, open } = fillable()
    const keeper = keeperOn(open)
    full.now = true
    keeper.put([entryNumber(1), entryNumber(2)])
    keeper.take(1, NO_NEWS)
    keeper.acknowledge([entryNumber(1).id])
    expect(keeper.depth).toBe(1)
    full.now = false
    keeper.retry()
    expect([keeper.depth, seqs(keeper)]).toEqual([1, [2]])
  })

  it('that is full from the start is tried again', () => {
    const { full, open } = fillable()
    full.now = true
    const keeper = keeperOn(open)
    keeper.put([entryNumber(1)])
    full.now = false
    keeper.retry()
    keeper.close()
    expect(seqs(keeperOn())).toEqual([1])
  })
})

describe('a spoilt file', () => {
  const asideFiles = () => readdirSync(folder).filter((name) => name.includes('.spoilt-'))

  it('that is no database is set aside under another name, and a new one begun', () => {
    writeFileSync(file, 'not a database, but somebody wrote here '.repeat(50))
    const keeper = keeperOn()
    keeper.put([entryNumber(1)])
    expect(seqs(keeper)).toEqual([1])
    expect(news).toMatchObject([{ what: 'seq-leaps' }, { what: 'set-aside', saved: 0 }])
    expect(readFileSync(path.join(folder, asideFiles()[0] ?? ''), 'utf8')).toContain('somebody wrote here')
    keeper.close()
  })

  it('of a later version is set aside, not overwritten', () => {
    const later = new Database(file)
    later.pragma('user_version = 99')
    later.close()
    keeperOn().close()
    expect(news).toMatchObject([{ what: 'seq-leaps' }, { what: 'set-aside', message: expect.stringContaining('99') }])
    expect(asideFiles()).toHaveLength(1)
  })

  it('cut short is set aside', () => {
    const keeper = keeperOn()
    keeper.put(Array.from({ length: 60 }, (_, n) => entryNumber(n + 1)))
    keeper.close()
    truncateSync(file, 48_000)
    const after = keeperOn()
    after.put([entryNumber(100)])
    expect(news).toContainEqual(expect.objectContaining({ what: 'set-aside', saved: expect.any(Number) }))
    expect(seqs(after)).toEqual(expect.arrayContaining([2, 3, 100]))
    after.close()
  })

  it('that breaks while it is in use costs no new message', () => {
    let broken = false
    const keeper = keeperOn((name) => {
      const shelf = openReal(name)
      return {
        ...shelf,
        insert: (entries) => {
          if (broken) {
            broken = false
            throw new Database.SqliteError('database disk image is malformed', 'SQLITE_CORRUPT')
          }
          shelf.insert(entries)
        },
        get depth() {
          return shelf.depth
        },
        get lastSeq() {
          return shelf.lastSeq
        },
      }
    })
    keeper.put([entryNumber(1)])
    broken = true
    keeper.put([entryNumber(2)])
    expect(seqs(keeper)).toEqual([1, 2])
    expect(news).toMatchObject([{ what: 'set-aside', saved: 1 }])
    expect(existsSync(file)).toBe(true)
    keeper.close()
  })
})

describe('age', () => {
  const madeMs = entryNumber(1).wallMs ?? 0

  it('takes what is older than the budget, and says so', () => {
    const keeper = keeperOn(openReal, madeMs + roomy.ageMs + 1000)
    keeper.put([entryNumber(1), entryNumber(5)])
    keeper.age()
    expect(seqs(keeper)).toEqual([5])
    expect(news).toEqual([{ what: 'dropped', count: 1, why: 'too-old' }])
    keeper.close()
  })

  it('is not counted while the clock is not known to be right, nor for what was made on such a clock', () => {
    const unsure = keeperOn(openReal, null)
    unsure.put([entryNumber(1)])
    expect(unsure.depth).toBe(1)
    unsure.close()
    const sure = keeperOn(openReal, madeMs + 10 * roomy.ageMs)
    sure.put([entryNumber(2, { wallMs: null })])
    sure.age()
    expect(seqs(sure)).toEqual([2])
    sure.close()
  })
})

describe('age and a date that is set', () => {
  const DAY_MS = 86_400_000
  const WALL_MS = 1_795_554_000_000
  const keeperAt = (wallMs: number, boot: { bootId: string; monotonicMs: () => number }) =>
    createKeeper({
      ...{ file, spare: createMemoryShelf(), onNews: (each: OutboxNews) => void news.push(each) },
      open: (name) => openDiskShelf(name, roomy, boot),
      nowWallMs: () => wallMs,
    })

  it('is told by the clock that does not jump for what was made in this boot: a date set by weeks loses nothing', () => {
    const made = keeperAt(WALL_MS, { bootId: 'boot', monotonicMs: () => 1_000 })
    made.put([entryNumber(1)])
    made.close()
    const later = keeperAt(WALL_MS + 46 * DAY_MS, { bootId: 'boot', monotonicMs: () => 60_000 })
    expect([later.depth, news]).toEqual([1, []])
    later.close()
  })

  it.each([
    ['after another boot', 'next boot', 60_000],
    ['by the clock of this boot too', 'boot', 2 * DAY_MS],
  ])('gives up what is too old %s, and says so', (_, bootId, monotonicMs) => {
    const made = keeperAt(WALL_MS, { bootId: 'boot', monotonicMs: () => 1_000 })
    made.put([entryNumber(1)])
    made.close()
    const later = keeperAt(WALL_MS + 46 * DAY_MS, { bootId, monotonicMs: () => monotonicMs })
    expect([later.depth, news]).toEqual([0, [{ what: 'dropped', count: 1, why: 'too-old' }]])
    later.close()
  })
})
