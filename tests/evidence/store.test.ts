/** The folder of evidence: what stays and what goes, whatever clock, disk and power do. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { nameOf, parseName } from '../../daemon/evidence/name.js'
import { encode } from '../../daemon/evidence/record.js'
import { createStore } from '../../daemon/evidence/store.js'
import { mountDisk } from '../../scripts/chaos/fleet/disk.js'
import { fillDisk } from '../../scripts/lab/full-disk.js'
import { idOf, sample } from './samples.js'

const NOW_MS = Date.parse('2026-11-28T09:00:00Z')
const DAY_MS = 86_400_000
const MB = 1024 * 1024
const roomy = { maxMb: 100, maxDays: 14 }

/** A store in a folder of its own, on a disk with as little room as it likes. */
function rig(folder = join(mkdtempSync(join(tmpdir(), 'kantukd-evidence-')), 'evidence')) {
  const store = createStore(folder, 0)
  const put = (n: number, nowMs: number | null = NOW_MS, limits = roomy, bytes = encode(sample({ id: idOf(n) }), null)) =>
    store.put(idOf(n), bytes, limits, nowMs)
  /** The numbers of the records that are there, oldest first. */
  const kept = (): number[] => {
    const names = readdirSync(folder).sort()
    return names.flatMap((file) => {
      const name = parseName(file)
      return name === null ? [] : [Number(name.id.slice(-12))]
    })
  }
  return { folder, store, put, kept }
}
const why = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (fault: Error & { code: string }) => fault.code,
  )

describe('a record', () => {
  it('is there whole, for its owner alone, and can be found by its id or the beginning of it', async () => {
    const { folder, store, put } = rig()
    await put(1)
    const [name = ''] = readdirSync(folder)
    expect(name).toBe(`00000001_20261128T090000Z_${idOf(1)}.evidence`)
    expect([statSync(folder).mode & 0o777, statSync(join(folder, name)).mode & 0o777]).toEqual([0o700, 0o600])
    expect(await store.find(idOf(1))).toEqual([name])
    expect(await store.find(idOf(1).slice(0, 8))).toEqual([name])
    expect(await store.list(() => undefined)).toMatchObject([{ name, head: { id: idOf(1), rule: 'microsleep' } }])
  })

  it('of no such id, or of several, is not found', async () => {
    const { store, put } = rig()
    await put(1)
    await put(2)
    for (const id of ['', 'ffffffff', idOf(1).slice(0, 8)]) expect(await why(store.find(id))).toBe('evidence-missing')
  })

  it('that is damaged is told, and the others are listed', async () => {
    const { folder, store, put } = rig()
    await put(1)
    writeFileSync(join(folder, nameOf({ ordinal: 2, keptMs: NOW_MS, id: idOf(2) })), 'nonsense')
    const told: string[] = []
    expect((await store.list((fault) => told.push(fault))).map(({ head }) => head.id)).toEqual([idOf(1)])
    expect(told).toEqual([expect.stringContaining('is no evidence, or damaged')])
  })
})

describe('the oldest go', () => {
  const megabyte = Buffer.alloc(MB)

  it('when all of them are more than allowed, before the next is written', async () => {
    const { put, kept } = rig()
    for (let n = 1; n <= 12; n++) {
      await put(n, NOW_MS, { maxMb: 10, maxDays: 14 }, megabyte)
      expect(kept().length).toBeLessThanOrEqual(10)
    }
    expect(kept()).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })

  it('in the order in which they were made, though the clock began in 1970, and what is newest seems the oldest', async () => {
    const { put, kept } = rig()
    await put(1)
    await put(2)
    for (let n = 3; n <= 12; n++) await put(n, null, { maxMb: 10, maxDays: 14 }, megabyte)
    expect(kept()).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12].slice(-10))
  })

  it('after their days, and not one before', async () => {
    const { store, put, kept } = rig()
    await put(1, NOW_MS - 14 * DAY_MS - 1000)
    await put(2, NOW_MS - 14 * DAY_MS)
    await put(3, NOW_MS)
    expect(kept()).toEqual([2, 3])
    await store.prune(roomy, NOW_MS + 14 * DAY_MS + 1000)
    expect(kept()).toEqual([])
  })

  it('and one that is larger than all that is allowed is refused, and takes no other with it', async () => {
    const { put, kept } = rig()
    await put(1)
    expect(await why(put(2, NOW_MS, { maxMb: 10, maxDays: 14 }, Buffer.alloc(11 * MB)))).toBe('evidence-full')
    expect(kept()).toEqual([1])
  })
})

describe('a clock that is wrong', () => {
  it('deletes nothing for its age while it is not known to be right', async () => {
    const { store, put, kept } = rig()
    await put(1, NOW_MS - 300 * DAY_MS)
    await store.prune(roomy, null)
    expect(kept()).toEqual([1])
  })

  it('had kept something: its days count from the first time that the clock is right', async () => {
    const { folder, store, put, kept } = rig()
    await put(1, null)
    expect(readdirSync(folder)[0]).toContain('_unknown_')
    await store.prune(roomy, NOW_MS)
    await store.prune(roomy, NOW_MS + 14 * DAY_MS)
    expect(kept()).toEqual([1])
    await store.prune(roomy, NOW_MS + 14 * DAY_MS + 1000)
    expect(kept()).toEqual([])
  })

  it('was years ahead and taken for right: the days count anew, instead of never', async () => {
    const { store, put, kept } = rig()
    await put(1, NOW_MS + 3000 * DAY_MS)
    await store.prune(roomy, NOW_MS)
    await store.prune(roomy, NOW_MS + 14 * DAY_MS + 1000)
    expect(kept()).toEqual([])
  })

  it('in the times of the files changes nothing: they are not looked at', async () => {
    const { folder, store, put, kept } = rig()
    await put(1)
    await put(2)
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), 0, 0)
    await store.prune(roomy, NOW_MS)
    expect(kept()).toEqual([1, 2])
  })
})

describe('a power cut', () => {
  it('leaves half a record beside: it is gone with the next start, and nothing else is', async () => {
    const { folder, store, put } = rig()
    await put(1)
    writeFileSync(join(folder, '.019ab1c2-3d4e-4000-9a1b-2c3d4e5f6072.new'), 'half')
    writeFileSync(join(folder, 'notes.new'), 'a technician’s')
    await store.tidy()
    expect(readdirSync(folder).sort()).toEqual([expect.stringContaining('00000001_'), 'notes.new'])
  })

  it('before the folder was made is no fault', async () => {
    const { folder, store } = rig()
    await store.tidy()
    expect([await store.list(() => undefined), existsSync(folder)]).toEqual([[], false])
  })
})

describe('a disk', () => {
  const DISK_BYTES = 4 << 20
  const mounted = () => {
    const folder = mkdtempSync(join(tmpdir(), 'kantukd-evidence-disk-'))
    onTestFinished(mountDisk(folder, DISK_BYTES))
    return folder
  }

  it('without the room that the system needs refuses, by what is free and not by what fails', async () => {
    const folder = mounted()
    const store = createStore(join(folder, 'evidence'))
    expect(await why(store.probe())).toBe('evidence-full')
    expect(await why(store.put(idOf(1), Buffer.from('x'), roomy, NOW_MS))).toBe('evidence-full')
  })

  it('that is full to its last byte refuses, leaves no half record, and takes the next when there is room again', async () => {
    const folder = mounted()
    const { store, put, kept } = rig(join(folder, 'evidence'))
    await put(1)
    const empty = fillDisk(folder, DISK_BYTES)
    expect(['ENOSPC', 'evidence-full']).toContain(await why(store.put(idOf(2), Buffer.alloc(MB), roomy, NOW_MS)))
    empty()
    expect(readdirSync(join(folder, 'evidence'))).toHaveLength(1)
    await put(3)
    expect(kept()).toEqual([1, 3])
  })

  it('that cannot be written, or a file where the folder should be, is a fault that is told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kantukd-evidence-'))
    writeFileSync(join(folder, 'file'), '')
    expect(await why(createStore(join(folder, 'file')).probe())).toMatch(/EEXIST|ENOTDIR/)
    mkdirSync(join(folder, 'locked'))
    chmodSync(join(folder, 'locked'), 0o500)
    // Root may write everywhere.
    if (process.getuid?.() !== 0) expect(await why(createStore(join(folder, 'locked')).probe())).toBe('EACCES')
  })
})

describe('a name', () => {
  it.each([
    '00000001_20261128T090000Z_x.evidence',
    'notes.txt',
    `1_unknown_${idOf(1)}.evidence`,
    `00000001_unknown_${idOf(1)}.evidence.new`,
  ])('%s is none of ours', (name) => expect(parseName(name)).toBeNull())

  it('is read as it was written', () => {
    for (const keptMs of [NOW_MS, null])
      expect(parseName(nameOf({ ordinal: 123_456_789, keptMs, id: idOf(1) }))).toEqual({ ordinal: 123_456_789, keptMs, id: idOf(1) })
  })
})
