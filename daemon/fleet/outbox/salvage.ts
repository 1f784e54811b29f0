/** Reads an outbox's file that cannot be used as one: what is spoilt, or what the disk does not let us write. No row is changed. */
import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { openCopy, openCopyAnew } from './file-copy.js'
import { rowsOfPages } from './pages.js'
import { type Entry, entry } from './types.js'

/** What could be read. */
export type Salvaged = {
  entries: Entry[]
  /** So many more were in it, by the rows or by the index, whichever knows of more. */
  lost: number
  /** The highest `seq` that is known to have been given; null when the count itself could not be read. */
  lastSeq: number | null
  /** As Outbox.standing. */
  standing: string[]
}

const NOTHING: Salvaged = { entries: [], lost: 0, lastSeq: null, standing: [] }

const COLUMNS = 'id, kind, seq, level, bootId, monotonicMs, wallMs, payload'
/** null: there is no such file. */
const sizeOf = (file: string): number | null => statSync(file, { throwIfNoEntry: false })?.size ?? null

const openReadOnly = (file: string): Database.Database => new Database(file, { readonly: true, fileMustExist: true })

/** With the log's index in memory: on a full disk there is no room for the file that it is otherwise. */
const openAlone = (file: string): Database.Database => {
  const database = new Database(file, { fileMustExist: true })
  database.pragma('locking_mode = EXCLUSIVE')
  return database
}

/** What `rows` gives until it ends or throws: that it throws is what we are here for. */
const untilItThrows = function* (rows: () => Iterable<unknown>): Generator<unknown> {
  try {
    yield* rows()
  } catch {
    // The rest lies behind the fault; the caller comes from the other end.
  }
}

/** Every entry is in the index too: what is there shows which rows are behind the fault. */
const readIndex = (database: Database.Database): Set<string> => {
  const ids = untilItThrows(() => database.prepare('SELECT id FROM waiting INDEXED BY byLane').pluck().iterate())
  return new Set([...ids].filter((id) => typeof id === 'string'))
}

const readEntries = (database: Database.Database): { entries: Entry[]; lost: number } => {
  const found = new Map<string, Entry>()
  let unread = 0
  for (const way of ['ASC', 'DESC']) {
    for (const row of untilItThrows(() => database.prepare(`SELECT ${COLUMNS} FROM waiting ORDER BY id ${way}`).iterate())) {
      const { success, data } = entry.safeParse(row)
      if (!success) {
        // The other way comes to it again only where this one was stopped.
        if (way === 'ASC') unread += 1
        continue
      }
      // Coming backwards: from here on it is known.
      if (way === 'DESC' && found.has(data.id)) break
      found.set(data.id, data)
    }
  }
  const indexed = readIndex(database)
  if ([...indexed].some((id) => !found.has(id)))
    for (const row of untilItThrows(() => rowsOfPages(database, COLUMNS))) {
      const { data } = entry.safeParse(row)
      // Only what the index knows: other pages may hold what was sent and let go long ago.
      if (data !== undefined && indexed.has(data.id) && !found.has(data.id)) found.set(data.id, data)
    }
  // A page whose header is spoilt shows many a row that never was: the index knows better, where it can be read.
  const lost = indexed.size === 0 ? unread : Math.max(0, indexed.size - found.size)
  return { entries: [...found.values()].sort((a, b) => a.seq - b.seq), lost }
}

/** The count; 0 of a file that nothing was ever put in. */
const readCount = (database: Database.Database): number | null => {
  try {
    if (database.pragma('user_version', { simple: true }) === 0) return 0
    const counted = z.number().int().safeParse(database.prepare(`SELECT value FROM counter WHERE name = 'seq'`).pluck().get())
    return counted.success ? counted.data : null
  } catch {
    return null
  }
}

const readStanding = (database: Database.Database): string[] => {
  const rows = untilItThrows(() => database.prepare('SELECT ending FROM standing').pluck().iterate())
  return [...rows].filter((row): row is string => typeof row === 'string')
}

const read = (open: () => Database.Database): Salvaged => {
  let database: Database.Database | null = null
  try {
    database = open()
    const { entries, lost } = readEntries(database)
    const count = readCount(database)
    const lastSeq = count === null ? null : entries.reduce((last, { seq }) => Math.max(last, seq), count)
    return { entries, lost, lastSeq, standing: readStanding(database) }
  } catch {
    return NOTHING
  } finally {
    database?.close()
  }
}

const readFile = (file: string): Salvaged => {
  if (sizeOf(file) === null) return { ...NOTHING, lastSeq: 0 }
  if ((sizeOf(`${file}-wal`) ?? 0) === 0) return read(() => openCopy(file))
  for (const open of [openReadOnly, openAlone]) {
    const found = read(() => open(file))
    if (found.lastSeq !== null) return found
  }
  // The log may have counted on: the count of the file alone is not to be trusted.
  return { ...read(() => openCopy(file)), lastSeq: null }
}

/** Where the page with the tables' description is spoilt, nothing is found by it: then with that of a new file. */
const readByEither = (file: string): Salvaged => {
  const found = readFile(file)
  if (found.lastSeq !== null && found.entries.length > 0) return found
  const anew = read(() => openCopyAnew(file))
  return anew.entries.length > found.entries.length ? anew : found
}

/** All that can be read of the file, from both ends up to the fault. Never throws: of a file that gives nothing it is nothing. */
export const salvage = (file: string): Salvaged => {
  try {
    return readByEither(file)
  } catch {
    // Its folder is closed to us: whether a file is there is not known.
    return NOTHING
  }
}

/** How far `seq` has counted in a file that may well be whole: at once, however large it is. Null: that could not be read. Never throws. */
export const countOf = (file: string): number | null => {
  let database: Database.Database | null = null
  try {
    if (sizeOf(file) === null) return 0
    database = openReadOnly(file)
    return readCount(database)
  } catch {
    // spoilt, or closed to us: the opening says so
    return null
  } finally {
    database?.close()
  }
}
