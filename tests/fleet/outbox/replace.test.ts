/**
 * The plug is pulled at every step while a spoilt file is replaced: before each time that a file gets its name, and in the midst of filling the
 * new one. What the disk holds then is copied, and a daemon started on it.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, it, vi } from 'vitest'
import { openDiskShelf } from '../../../daemon/fleet/outbox/disk-shelf.js'
import { createKeeper } from '../../../daemon/fleet/outbox/keeper.js'
import { createMemoryShelf } from '../../../daemon/fleet/outbox/memory-shelf.js'
import type { OutboxNews, Shelf } from '../../../daemon/fleet/outbox/types.js'
import { entryNumber, NO_NEWS } from './entries.js'

const beforeRename = vi.hoisted(() => ({ do: (): void => undefined }))
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return {
    ...fs,
    renameSync: (...args: Parameters<typeof fs.renameSync>) => {
      beforeRename.do()
      fs.renameSync(...args)
    },
  }
})

const COUNT = 60
const LAST_SEQ = 77
const budget = { bytes: 50e6, ageMs: 1e12 }
const root = mkdtempSync(path.join(tmpdir(), 'kantukd-test-replace-'))
afterAll(() => rmSync(root, { recursive: true }))
const disk = path.join(root, 'disk')
let news: OutboxNews[]
beforeEach(() => {
  beforeRename.do = () => undefined
  news = []
})

/** 60 events, the last 20 of them in the log only, as a pulled plug leaves it; and one spoilt page. */
const lay = () => {
  const made = path.join(root, 'made')
  for (const folder of [made, disk]) rmSync(folder, { recursive: true, force: true })
  mkdirSync(made)
  const name = path.join(made, 'outbox.sqlite')
  const put = (from: number, to: number): Shelf => {
    const shelf = openDiskShelf(name, budget)
    shelf.insert(Array.from({ length: to - from + 1 }, (_, n) => entryNumber(from + n)))
    return shelf
  }
  put(1, COUNT - 20).close()
  const shelf = put(COUNT - 19, COUNT)
  shelf.takeOver(LAST_SEQ, [])
  cpSync(made, disk, { recursive: true })
  shelf.close()
  const file = path.join(disk, 'outbox.sqlite')
  rmSync(`${file}-shm`)
  const bytes = readFileSync(file)
  bytes.fill(0xa5, 4096 * 5, 4096 * 5 + 200)
  writeFileSync(file, bytes)
}

const start = (folder: string, open = (name: string): Shelf => openDiskShelf(name, budget)) =>
  createKeeper({
    ...{ file: path.join(folder, 'outbox.sqlite'), open, spare: createMemoryShelf(), nowWallMs: () => null },
    onNews: (each) => void news.push(each),
  })

/** What a start on it finds. */
const foundBy = (keeper: ReturnType<typeof start>) => {
  const seqs = keeper.take(200, NO_NEWS).map(({ seq }) => seq)
  const { depth, lastSeq } = keeper
  keeper.close()
  return { seqs, depth, lastSeq }
}

it('loses nothing that could be read, wherever it is cut, and goes on counting', () => {
  lay()
  const moments: string[] = []
  const pull = (): void => {
    const moment = path.join(root, `moment-${moments.length}`)
    cpSync(disk, moment, { recursive: true })
    moments.push(moment)
  }
  beforeRename.do = pull
  const whole = start(disk, (name) => {
    const shelf = openDiskShelf(name, budget)
    if (!name.endsWith('.begun')) return shelf
    pull()
    return {
      ...shelf,
      takeOver: (seq, standing) => {
        shelf.takeOver(seq, standing)
        pull()
      },
      insert: (entries) => {
        shelf.insert(entries)
        pull()
      },
      close: () => {
        shelf.close()
        pull()
      },
    }
  })
  beforeRename.do = () => undefined
  const expected = foundBy(whole)
  pull()
  expect(expected.lastSeq).toBe(LAST_SEQ)
  expect(expected.seqs.length).toBeGreaterThan(COUNT - 10)
  expect(readdirSync(disk).filter((name) => /begun|complete/.test(name))).toEqual([])
  // The first opening's, filling, and each of the names: the new file's, log, its index, the file, the new file's again.
  expect(moments.length).toBeGreaterThanOrEqual(9)

  for (const moment of moments) {
    const names = readdirSync(moment).join(', ')
    expect(foundBy(start(moment)), names).toEqual(expected)
    expect(readdirSync(moment).filter((name) => /begun|complete/.test(name))).toEqual([])
    expect(existsSync(path.join(moment, 'outbox.sqlite'))).toBe(true)
    expect(foundBy(start(moment)), `${names}, the second start`).toEqual(expected)
  }
})

it('on a disk that is full keeps the spoilt file, sends what was in it, and replaces it once there is room', () => {
  lay()
  let isFull = true
  const keeper = start(disk, (name) => {
    if (isFull && name.endsWith('.begun')) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
    return openDiskShelf(name, budget)
  })
  expect(news.map(({ what }) => what)).toEqual(['dropped', 'disk-refuses'])
  expect(readdirSync(disk).filter((name) => name.includes('spoilt'))).toEqual([])
  const [first] = keeper.take(1, NO_NEWS)
  keeper.acknowledge([first?.id ?? ''])
  keeper.put([entryNumber(LAST_SEQ + 1)])
  const waiting = keeper.depth
  isFull = false
  keeper.retry()
  expect(news.slice(2)).toMatchObject([{ what: 'set-aside' }, { what: 'disk-accepts', held: waiting }])
  expect(keeper.depth).toBe(waiting)
  keeper.close()
  const after = foundBy(start(disk))
  expect([after.depth, after.lastSeq, after.seqs.includes(first?.seq ?? 0)]).toEqual([waiting, LAST_SEQ + 1, false])
})
