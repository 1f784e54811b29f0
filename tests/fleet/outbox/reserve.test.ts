/** No `seq` is given twice, whatever became of the outbox's file and whatever the clock says. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDiskShelf } from '../../../daemon/fleet/outbox/disk-shelf.js'
import { createKeeper } from '../../../daemon/fleet/outbox/keeper.js'
import { leap } from '../../../daemon/fleet/outbox/leap.js'
import { createMemoryShelf } from '../../../daemon/fleet/outbox/memory-shelf.js'
import { reserve, reservedFor } from '../../../daemon/fleet/outbox/reserve.js'
import type { OutboxNews } from '../../../daemon/fleet/outbox/types.js'
import { entryNumber } from './entries.js'

let folder: string
let file: string
let news: OutboxNews[]
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-reserve-'))
  file = path.join(folder, 'outbox.sqlite')
  news = []
  // A board without a battery, 20 s after it was switched on.
  vi.spyOn(Date, 'now').mockReturnValue(20_000)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const start = () =>
  createKeeper({
    ...{
      file,
      spare: createMemoryShelf(),
      nowWallMs: () => null,
      open: (name: string) => openDiskShelf(name, { bytes: 1e6, ageMs: 1e12 }),
    },
    onNews: (each) => void news.push(each),
  })
/** An earlier run that gave `seqs`, of which all were sent and let go. */
const given = (...seqs: number[]) => {
  const run = start()
  for (const seq of seqs) {
    run.put([entryNumber(seq)])
    run.acknowledge([entryNumber(seq).id])
  }
  run.close()
}
const spoilAll = () => writeFileSync(file, Buffer.alloc(statSync(file).size, 0xa5))
const SINCE_1970_S = 1_795_000_000

describe('with a clock that says 1970', () => {
  it.each([[[1]], [[5000]], [[999, 1000, 1001, 2500]], [[SINCE_1970_S]]])(
    'goes on after what was given, %j, with a file of which nothing can be read',
    (seqs) => {
      given(...seqs)
      spoilAll()
      const after = start()
      expect(after.lastSeq).toBeGreaterThanOrEqual(Math.max(...seqs))
      expect(news).toContainEqual({ what: 'seq-leaps', to: after.lastSeq })
      after.close()
      news = []
      const again = start()
      expect([again.lastSeq, news]).toEqual([after.lastSeq, []])
      again.close()
    },
  )

  it('goes on after what was given where the count itself went back', () => {
    given(5000, 7000)
    new Database(file).exec(`UPDATE counter SET value = 3 WHERE name = 'seq'`).close()
    const after = start()
    expect(after.lastSeq).toBeGreaterThanOrEqual(7000)
    expect(news).toEqual([{ what: 'seq-leaps', to: after.lastSeq }])
    after.close()
  })

  it('counts one by one where nothing is wrong', () => {
    given(5000, 5001)
    const after = start()
    expect([after.lastSeq, news]).toEqual([5001, []])
    after.close()
  })

  it('without that number goes on far after what was seen, and after every ordinary count', () => {
    expect(leap()).toBeGreaterThan(SINCE_1970_S)
    expect(leap(SINCE_1970_S * 2)).toBe(SINCE_1970_S * 2 + 1_000_000)
  })
})

describe('the number ahead', () => {
  it('is not lower for any one flipped bit', () => {
    const ahead = reserve(file, 5000)
    const name = `${file}.seq`
    const bytes = readFileSync(name)
    for (let at = 0; at < bytes.length; at++)
      for (let bit = 0; bit < 8; bit++) {
        const flipped = Buffer.from(bytes)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        writeFileSync(name, flipped)
        expect(reservedFor(file), `byte ${at}, bit ${bit}`).toBeGreaterThanOrEqual(ahead)
      }
  })

  it('is written once in a thousand messages, and not readable by others', () => {
    given(1)
    const first = readFileSync(`${file}.seq`, 'utf8')
    given(2, 3, 1000)
    expect(readFileSync(`${file}.seq`, 'utf8')).toBe(first)
    given(1002)
    expect(readFileSync(`${file}.seq`, 'utf8')).not.toBe(first)
    expect(statSync(`${file}.seq`).mode & 0o007).toBe(0)
  })

  it('that cannot be read is none', () => {
    expect(reservedFor(file)).toBeNull()
    writeFileSync(`${file}.seq`, 'spoilt')
    expect(reservedFor(file)).toBeNull()
  })
})
