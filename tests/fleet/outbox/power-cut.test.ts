/**
 * The plug is pulled at every write boundary of the outbox. What a disk may then hold is built from what it really wrote: the log cut
 * off after every so many bytes (a torn append), and the file with any number of a checkpoint's pages already written.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDiskShelf } from '../../../daemon/fleet/outbox/disk-shelf.js'
import { entryNumber, NO_NEWS } from './entries.js'

const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-power-'))
afterAll(() => rmSync(folder, { recursive: true }))
const budget = { bytes: 1e6, ageMs: 1e12 }
const file = path.join(folder, 'outbox.sqlite')
const cut = path.join(folder, 'cut.sqlite')

/** What was safe, by the outbox's word, when the log had so many bytes. */
type Promised = { logBytes: number; present: number[]; gone: number[] }

const log = () => readFileSync(`${file}-wal`)
const seqsIn = (name: string): number[] => {
  const shelf = openDiskShelf(name, budget)
  const found = shelf.first(1000, NO_NEWS, new Set()).map(({ seq }) => seq)
  shelf.close()
  return found
}
const clear = () => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(cut + suffix, { force: true })
}

describe('a plug pulled while the log grows', () => {
  const promises: Promised[] = []
  let base: Buffer
  let whole: Buffer
  beforeAll(() => {
    const shelf = openDiskShelf(file, budget)
    const present: number[] = []
    const gone: number[] = []
    const note = () => promises.push({ logBytes: log().length, present: [...present], gone: [...gone] })
    // Ordinary days: one message, several at once, acknowledgements in between.
    for (let n = 1; n <= 24; n++) {
      const batch = n % 5 === 0 ? [entryNumber(n), entryNumber(n + 100)] : [entryNumber(n)]
      shelf.insert(batch)
      present.push(...batch.map(({ seq }) => seq))
      note()
      if (n % 4 === 0) {
        const done = present.splice(0, 2)
        shelf.remove(done.map((seq) => entryNumber(seq).id))
        gone.push(...done)
        note()
      }
    }
    base = readFileSync(file)
    whole = log()
    shelf.close()
  })

  it('opens wherever the log was torn, with all that was promised by then and nothing that was let go before', () => {
    expect(promises.length).toBeGreaterThan(25)
    let tried = 0
    // Sectors of a disk are 512 bytes; a header of the log's frame is 24, so odd places are cut as well.
    for (let bytes = 0; bytes <= whole.length; bytes += 488) {
      clear()
      writeFileSync(cut, base)
      writeFileSync(`${cut}-wal`, whole.subarray(0, bytes))
      const found = seqsIn(cut)
      const promised = promises.filter(({ logBytes }) => logBytes <= bytes).at(-1)
      expect(found, `log cut after ${bytes} bytes`).toEqual(expect.arrayContaining(promised?.present ?? []))
      for (const seq of promised?.gone ?? []) expect(found).not.toContain(seq)
      tried += 1
    }
    expect(tried).toBeGreaterThan(200)
  })

  it('opens when the last sector holds what lay there before', () => {
    for (let bytes = 4096; bytes <= whole.length; bytes += 4096) {
      clear()
      writeFileSync(cut, base)
      const torn = Buffer.from(whole.subarray(0, bytes))
      torn.fill(0xa5, bytes - 512)
      writeFileSync(`${cut}-wal`, torn)
      const promised = promises.filter(({ logBytes }) => logBytes <= bytes - 512).at(-1)
      expect(seqsIn(cut)).toEqual(expect.arrayContaining(promised?.present ?? []))
    }
  })
})

describe('a plug pulled in the midst of a checkpoint', () => {
  it('opens with everything, however many pages were written, in whichever order', () => {
    const name = path.join(folder, 'checkpoint.sqlite')
    const shelf = openDiskShelf(name, budget)
    const all = Array.from({ length: 40 }, (_, n) => entryNumber(n + 1))
    for (const each of all) shelf.insert([each])
    copyFileSync(name, `${name}.before`)
    const logged = readFileSync(`${name}-wal`)
    // Closing the last connection writes the log back into the file and takes the log away.
    shelf.close()
    const before = readFileSync(`${name}.before`)
    const after = readFileSync(name)
    const pages = after.length / 4096
    expect(pages).toBeGreaterThan(8)
    const expected = all.map(({ seq }) => seq)
    for (let written = 0; written <= pages; written++) {
      for (const fromTheEnd of [false, true]) {
        clear()
        const mixed = Buffer.alloc(after.length)
        before.copy(mixed)
        for (let n = 0; n < written; n++) {
          const page = fromTheEnd ? pages - 1 - n : n
          after.copy(mixed, page * 4096, page * 4096, (page + 1) * 4096)
        }
        writeFileSync(cut, mixed)
        writeFileSync(`${cut}-wal`, logged)
        expect(seqsIn(cut), `${written} pages written`).toEqual(expected)
      }
    }
  })
})
