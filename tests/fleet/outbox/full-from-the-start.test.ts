/** A whole outbox on a disk that is full when it is opened: a real one, a tmpfs of 256 kB, so it needs the right to mount. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDiskShelf } from '../../../daemon/fleet/outbox/disk-shelf.js'
import { createKeeper } from '../../../daemon/fleet/outbox/keeper.js'
import { createMemoryShelf } from '../../../daemon/fleet/outbox/memory-shelf.js'
import type { OutboxNews } from '../../../daemon/fleet/outbox/types.js'
import { mountDisk } from '../../../scripts/chaos/fleet/disk.js'
import { entryNumber, NO_NEWS } from './entries.js'

const mayMount = (): boolean => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-may-mount-'))
  try {
    mountDisk(folder, 65_536)()
    return true
  } catch (error) {
    console.warn(`Skipped: an outbox on a disk that is full from the start. ${String(error)}`)
    rmSync(folder, { recursive: true })
    return false
  }
}

const budget = { bytes: 5e6, ageMs: 1e12 }
const COUNT = 50

describe.skipIf(!mayMount())('an outbox of 50 events on a disk that is full when it is opened', () => {
  let elsewhere: string
  let disk: string
  let unmount: () => void
  let file: string
  let news: OutboxNews[]
  beforeEach(() => {
    elsewhere = mkdtempSync(path.join(tmpdir(), 'kantukd-test-elsewhere-'))
    disk = mkdtempSync(path.join(tmpdir(), 'kantukd-test-full-'))
    unmount = mountDisk(disk, 256 * 1024)
    file = path.join(disk, 'outbox.sqlite')
    news = []
  })
  afterEach(() => {
    unmount()
    rmSync(elsewhere, { recursive: true })
  })

  /** As it lies after the daemon was ended, or after the plug was pulled: then half of it is in the log only. */
  const lay = (ended: boolean) => {
    const made = path.join(elsewhere, 'outbox.sqlite')
    const put = (from: number, to: number) => {
      const shelf = openDiskShelf(made, budget)
      shelf.insert(Array.from({ length: to - from + 1 }, (_, n) => entryNumber(from + n)))
      return shelf
    }
    put(1, 25).close()
    const shelf = put(26, COUNT)
    if (ended) shelf.close()
    copyFileSync(made, file)
    if (ended) return
    copyFileSync(`${made}-wal`, `${file}-wal`)
    shelf.close()
  }
  const fillUp = () => {
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(path.join(disk, 'fill'), Buffer.alloc(bavail * bsize))
    expect(statfsSync(disk).bavail).toBe(0)
  }
  const keeper = () =>
    createKeeper({
      file,
      open: (name) => openDiskShelf(name, budget),
      spare: createMemoryShelf(),
      onNews: (each) => void news.push(each),
      nowWallMs: () => null,
    })
  const seqs = (from: ReturnType<typeof keeper>) => {
    from.release()
    return from.take(100, NO_NEWS).map(({ seq }) => seq)
  }

  it.each([
    ['ended', true],
    ['cut off from its power', false],
  ])('counts on after the backlog, and sends all of it once there is room: the daemon was %s', (_, ended) => {
    lay(ended)
    fillUp()
    const kept = keeper()
    expect(news.map(({ what }) => what)).toEqual(['disk-refuses'])
    expect([kept.depth, kept.lastSeq]).toEqual([COUNT, COUNT])
    kept.put([entryNumber(kept.lastSeq + 1)])
    expect([kept.depth, seqs(kept)]).toEqual([COUNT + 1, [COUNT + 1]])

    rmSync(path.join(disk, 'fill'))
    kept.retry()
    expect(news.at(-1)).toEqual({ what: 'disk-accepts', held: 1 })
    expect(kept.depth).toBe(COUNT + 1)
    expect(seqs(kept)).toEqual(Array.from({ length: COUNT + 1 }, (_, n) => n + 1))
    kept.close()
  })

  it('counts on where the disk is read-only', () => {
    lay(true)
    execFileSync('mount', ['-o', 'remount,ro', disk])
    const kept = keeper()
    expect([news.map(({ what }) => what), kept.depth, kept.lastSeq]).toEqual([['disk-refuses'], COUNT, COUNT])
    kept.close()
  })
})
