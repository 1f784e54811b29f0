/** The folder of evidence: one file a record, never more of it than was allowed, never older. */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, stat, statfs, unlink } from 'node:fs/promises'
import path from 'node:path'
import { isCode, reasonOf } from '../reason-of.js'
import { EvidenceError } from './errors.js'
import { type Name, nameOf, parseName } from './name.js'
import { type Head, headOf, MOST_HEAD_BYTES } from './record.js'

const BYTES_IN_MB = 1024 * 1024
const DAY_MS = 86_400_000
// As recording/folder.ts: what the system and the outbox need to go on.
const LEAVE_FREE_MB = 200
// Own: the clock of a vehicle that is right is never set back by more than that.
const AHEAD_MS = 3_600_000
/** Being written; of an earlier run: left by a power cut. */
const UNFINISHED = /^\.[0-9a-f-]{36}\.new$/

export type Limits = { maxMb: number; maxDays: number }
export type Listed = { name: string; bytes: number; head: Head }

/** All reject with EvidenceError, or with what the file system says. */
export interface Store {
  /** Writes a record whole or not at all, after making room for it. @param nowMs as for `prune` */
  put(id: string, bytes: Buffer, limits: Limits, nowMs: number | null): Promise<void>
  /** Deletes what is too old, and the oldest of what is more than allowed. @param nowMs ms since 1970; null: the clock is not known to be right, and nothing is too old */
  prune(limits: Limits, nowMs: number | null): Promise<string[]>
  /** Deletes what a power cut left half-written. To be called once, before anything is written. */
  tidy(): Promise<void>
  /** Makes the folder, and tries whether it can be written and has room. */
  probe(): Promise<void>
  /** Files of all records, damaged ones too, oldest first. */
  names(): Promise<string[]>
  /** Oldest first. @param unreadable told of each file that is no record */
  list(unreadable: (why: string) => void): Promise<Listed[]>
  /** Files of an id or of its beginning, oldest first. Rejects with `evidence-missing`: none, or of several ids. */
  find(id: string): Promise<string[]>
  read(name: string): Promise<Buffer>
  /** One that is gone already is no fault. */
  delete(name: string): Promise<void>
}

async function readStart(file: string): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_HEAD_BYTES), 0, MOST_HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Flushed before the name is there: a power cut leaves all of it or nothing. */
async function writeWhole(folder: string, name: string, bytes: Buffer): Promise<void> {
  const beside = path.join(folder, `.${randomUUID()}.new`)
  try {
    const handle = await open(beside, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, path.join(folder, name))
  } catch (fault) {
    await unlink(beside).catch(() => undefined)
    throw fault
  }
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** @param leaveFreeMb so much of the disk stays free */
export function createStore(folder: string, leaveFreeMb = LEAVE_FREE_MB): Store {
  const inFolder = (name: string): string => path.join(folder, name)

  async function all(): Promise<string[]> {
    try {
      return await readdir(folder)
    } catch (fault) {
      if (isCode(fault, 'ENOENT')) return []
      throw new EvidenceError(
        'evidence-folder',
        `the folder ${folder} cannot be read (${fault}): root and the user of the service may, so: sudo kantukd evidence …`,
        fault,
      )
    }
  }
  const records = async (): Promise<(Name & { file: string })[]> =>
    (await all())
      .flatMap((file) => {
        const name = parseName(file)
        return name === null ? [] : [{ ...name, file }]
      })
      .sort((a, b) => a.ordinal - b.ordinal)

  // The command on this machine may have deleted it meanwhile.
  const passOverGone = (fault: unknown): void => {
    if (!isCode(fault, 'ENOENT')) throw fault
  }
  const remove = (name: string): Promise<void> => unlink(inFolder(name)).catch(passOverGone)

  /** What was kept when nobody knew the time counts from the first time that somebody does; the same where that clock was ahead. */
  async function date(name: Name & { file: string }, nowMs: number): Promise<Name & { file: string }> {
    if (name.keptMs !== null && name.keptMs <= nowMs + AHEAD_MS) return name
    const dated = { ...name, keptMs: nowMs }
    const file = nameOf(dated)
    await rename(inFolder(name.file), inFolder(file)).catch(passOverGone)
    return { ...dated, file }
  }

  async function makeRoom({ maxMb, maxDays }: Limits, spareBytes: number, nowMs: number | null): Promise<string[]> {
    const known = await records()
    const dated = nowMs === null ? known : await Promise.all(known.map((name) => date(name, nowMs)))
    const files = await Promise.all(
      dated.map(async (name) => ({ ...name, bytes: (await stat(inFolder(name.file)).catch(passOverGone))?.size ?? 0 })),
    )
    const isOld = ({ keptMs }: Name): boolean => nowMs !== null && keptMs !== null && nowMs - keptMs > maxDays * DAY_MS
    let bytes = files.reduce((sum, each) => sum + each.bytes, spareBytes)
    const gone: string[] = []
    for (const each of files) {
      if (!isOld(each) && bytes <= maxMb * BYTES_IN_MB) continue
      await remove(each.file)
      bytes -= each.bytes
      gone.push(each.file)
    }
    return gone
  }

  async function requireRoom(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(folder)
    if (bavail * bsize - bytes >= leaveFreeMb * BYTES_IN_MB) return
    throw new EvidenceError(
      'evidence-full',
      `less than ${leaveFreeMb} MB are free in ${folder}: make room, or set evidence.dir to another disk`,
    )
  }

  const make = async (): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  }

  return {
    async put(id, bytes, limits, nowMs) {
      await make()
      if (bytes.length > limits.maxMb * BYTES_IN_MB)
        throw new EvidenceError('evidence-full', `a record has more than evidence.maxMb (${limits.maxMb}): allow more`)
      await makeRoom(limits, bytes.length, nowMs)
      await requireRoom(bytes.length)
      const ordinal = ((await records()).at(-1)?.ordinal ?? 0) + 1
      await writeWhole(folder, nameOf({ ordinal, keptMs: nowMs, id }), bytes)
    },
    prune: (limits, nowMs) => makeRoom(limits, 0, nowMs),
    async tidy() {
      for (const name of await all()) if (UNFINISHED.test(name)) await remove(name)
    },
    async probe() {
      await make()
      await requireRoom(0)
      const beside = `.${randomUUID()}.new`
      await (await open(inFolder(beside), 'wx', 0o600)).close()
      await remove(beside)
    },
    names: async () => (await records()).map(({ file }) => file),
    async list(unreadable) {
      const listed: Listed[] = []
      for (const { file } of await records()) {
        try {
          const { head } = headOf(await readStart(inFolder(file)), file)
          listed.push({ name: file, bytes: (await stat(inFolder(file))).size, head })
        } catch (fault) {
          unreadable(reasonOf(fault))
        }
      }
      return listed
    },
    async find(id) {
      const found = (await records()).filter((name) => id !== '' && name.id.startsWith(id))
      const ids = new Set(found.map((name) => name.id))
      if (ids.size === 0) throw new EvidenceError('evidence-missing', `there is no evidence of ${id} in ${folder}: kantukd evidence list`)
      if (ids.size > 1) throw new EvidenceError('evidence-missing', `${id} begins several ids: write more of it (${[...ids].join(', ')})`)
      return found.map(({ file }) => file)
    },
    read: (name) => readFile(inFolder(name)),
    delete: remove,
  }
}
