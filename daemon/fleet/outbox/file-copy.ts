/** An outbox's file opened as a copy in memory, patched so that SQLite reads what it can: needs neither a lock nor a file beside it, but does not see the log. */
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { emptyFile } from './disk-schema.js'

const MAGIC = 'SQLite format 3\0'
// Where SQLite's header says (https://sqlite.org/fileformat.html) how large a page is, "write-ahead log" (2) or "none" (1), for writing and for reading, and how many pages there are.
export const PAGE_SIZE_AT = 16
const MODES_AT = [18, 19]
const PAGES_AT = 28
// Own: more than an outbox may take; a spoilt header may claim anything.
const MOST_BYTES = 1 << 28

/** As long as its header says: SQLite reads nothing of a file that was cut short, and a page of zeros is a fault like another. */
const inFull = (bytes: Buffer): Buffer => {
  if (bytes.length < 100 || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return bytes
  const stated = bytes.readUInt16BE(PAGE_SIZE_AT) * bytes.readUInt32BE(PAGES_AT)
  return stated > bytes.length && stated <= MOST_BYTES ? Buffer.concat([bytes], stated) : bytes
}

/** @throws SqliteError */
export const openBytes = (bytes: Buffer): Database.Database => {
  if (bytes.toString('latin1', 0, MAGIC.length) === MAGIC) for (const at of MODES_AT) bytes[at] = 1
  return new Database(bytes)
}

/** @throws SqliteError, or what reading the file throws */
export const openCopy = (file: string): Database.Database => openBytes(inFull(readFileSync(file)))

/**
 * With the first page of a new file, which says where each table begins: the same for every file that this version has made.
 * @throws SqliteError, or what reading the file throws
 */
export const openCopyAnew = (file: string): Database.Database => {
  const empty = emptyFile()
  const pageSize = empty.readUInt16BE(PAGE_SIZE_AT)
  const bytes = Buffer.concat([empty.subarray(0, pageSize), readFileSync(file).subarray(pageSize)])
  bytes.writeUInt32BE(Math.floor(bytes.length / pageSize), PAGES_AT)
  return openBytes(bytes)
}
