/** Rows on pages that the table's tree leads to no more: a flipped bit in a pointer hides a page that is whole. */
import type Database from 'better-sqlite3'
import { openBytes, PAGE_SIZE_AT } from './file-copy.js'

// Page types of tables without row ids: https://sqlite.org/fileformat.html#b_tree_pages
const LEAF = 0x0a
const INTERIOR = 0x02

/**
 * Each page in turn is looked at as if the table began there, in a copy in memory. What it gives may be no row of this table, or one that was deleted.
 * @param columns to be read
 * @throws SqliteError where the file's bytes cannot be had
 */
export const rowsOfPages = function* (database: Database.Database, columns: string): Generator<unknown> {
  const bytes = database.serialize()
  const pageSize = bytes.readUInt16BE(PAGE_SIZE_AT)
  const types = Array.from({ length: Math.floor(bytes.length / pageSize) }, (_, n) => bytes[n * pageSize])
  const copy = openBytes(bytes)
  try {
    // Where a table begins is told by a table, and that may be written to in this mode only.
    copy.unsafeMode(true)
    copy.pragma('writable_schema = ON')
    const begin = copy.prepare(`UPDATE sqlite_master SET rootpage = ? WHERE name = 'waiting'`)
    for (const [at, type] of types.entries()) {
      if (at === 0 || (type !== LEAF && type !== INTERIOR)) continue
      begin.run(at + 1)
      copy.pragma('writable_schema = RESET')
      copy.pragma('writable_schema = ON')
      try {
        yield* copy.prepare(`SELECT ${columns} FROM waiting NOT INDEXED`).iterate()
      } catch {
        // Another table's page, or one that is spoilt: the next.
      }
    }
  } finally {
    copy.close()
  }
}
