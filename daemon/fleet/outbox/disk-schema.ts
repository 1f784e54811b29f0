/** The outbox's file: its tables, how carefully it is written, and whether it is whole. */
import { chmodSync, closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { z } from 'zod'

// Own: SQLite writes its log back into the file after so many pages of 4 kB; more would wear a card less, but take more of a small disk.
const LOG_PAGES = 256
// Own: what the log is cut back to then.
const LOG_LIMIT_BYTES = 1 << 20

const SCHEMA_VERSION = 1

const SCHEMA = `
  CREATE TABLE waiting (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, seq INTEGER NOT NULL, level INTEGER NOT NULL, bootId TEXT NOT NULL,
    monotonicMs REAL NOT NULL, wallMs REAL, payload TEXT NOT NULL, bytes INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO counter VALUES ('seq', 0);
  PRAGMA user_version = ${SCHEMA_VERSION};`

// Came later, and an earlier version does not mind it: the one index for what goes first and what is worth least, and what stands.
const ADDED = `
  DROP INDEX IF EXISTS bySeq;
  CREATE INDEX byLane ON waiting (level, kind, seq);
  CREATE TABLE standing (incident TEXT PRIMARY KEY, ending TEXT NOT NULL) WITHOUT ROWID;`

// Own: who drove, and where, is for the service and its group alone.
const MODE = 0o640

/** Takes from others what the umask or an earlier version gave them. SQLite makes `-wal` and `-shm` like the file itself; a crash leaves older ones. */
const keepFromOthers = (file: string): void => {
  for (const part of [file, `${file}-wal`, `${file}-shm`]) {
    if (!existsSync(part)) continue
    const { mode } = statSync(part)
    if ((mode & 0o777 & ~MODE) === 0) continue
    try {
      chmodSync(part, mode & MODE)
    } catch {
      // Another's file, or a disk that takes nothing: to keep events comes first, and the database itself says whether it can.
    }
  }
}

/** The file is there and whole, but was written by a later version. */
export class LaterSchemaError extends Error {
  override readonly name = 'LaterSchemaError'
  readonly code = 'outbox-later'
}

// Where SQLite's header says by which version of its format the file may be written and read, 1 or 2: https://sqlite.org/fileformat.html
const VERSIONS_AT = [18, 19]

/** A version that SQLite does not know makes a file read-only to it: told as such, the disk would be blamed for ever. */
const checkVersions = (file: string): void => {
  if (!existsSync(file)) return
  const header = Buffer.alloc(20)
  const fd = openSync(file, 'r')
  try {
    if (readSync(fd, header, 0, header.length, 0) < header.length) return
  } finally {
    closeSync(fd)
  }
  if (VERSIONS_AT.some((at) => header[at] !== 1 && header[at] !== 2))
    throw new Database.SqliteError('its header names a format that SQLite does not have', 'SQLITE_NOTADB')
}

/**
 * Opens the file, or makes it, flushed with every transaction.
 * @throws SqliteError of the file or the disk, LaterSchemaError
 */
export const openDatabase = (file: string): Database.Database => {
  checkVersions(file)
  const database = new Database(file, { timeout: 1_000 })
  try {
    // Made just now, it is empty still.
    keepFromOthers(file)
    prepare(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** The bytes of a file that was made just now. */
export const emptyFile = (): Buffer => {
  const database = new Database(':memory:')
  try {
    database.exec(SCHEMA + ADDED)
    return database.serialize()
  } finally {
    database.close()
  }
}

const prepare = (database: Database.Database): void => {
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
  database.pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`)
  const version = z.number().parse(database.pragma('user_version', { simple: true }))
  if (version > SCHEMA_VERSION) throw new LaterSchemaError(`it has schema ${version}; this version of kantukd knows ${SCHEMA_VERSION}`)
  const isOld = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'standing'`).get() === undefined
  if (isOld) database.transaction(() => database.exec(version === 0 ? SCHEMA + ADDED : ADDED)).immediate()
  // The quick one does not compare the index with the rows, and one flipped bit in it hides a row for good.
  const faults = z.string().parse(database.pragma('integrity_check(1)', { simple: true }))
  if (faults !== 'ok') throw new Database.SqliteError(faults, 'SQLITE_CORRUPT')
}
