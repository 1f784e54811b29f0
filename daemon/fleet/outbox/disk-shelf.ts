/**
 * The shelf on disk: SQLite with a write-ahead log that is flushed with every transaction, so that what `insert` has returned for
 * survives a pulled plug. Called from the outbox's own thread only: a flush may take seconds on a worn card.
 */
import Database from 'better-sqlite3'
import { z } from 'zod'
import type { Clock } from '../clock.js'
import { type Entry, entry, type Shelf } from './types.js'

/** What may lie in the outbox. */
export type Budget = {
  /** Of payloads and what goes with them. */
  bytes: number
  ageMs: number
}

// Own: id, keys and SQLite's own share of a row, measured on 1,000 events of 900 bytes.
const ROW_OVERHEAD_BYTES = 200
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
  CREATE INDEX bySeq ON waiting (seq);
  CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO counter VALUES ('seq', 0);
  PRAGMA user_version = ${SCHEMA_VERSION};`

// An alert that is news, an older alert, a summary: as order.ts has it.
const FIRST = `
  SELECT id, kind, seq, level, bootId, monotonicMs, wallMs, payload FROM waiting
  ORDER BY CASE WHEN kind <> 'alert' THEN 2 WHEN bootId = $bootId AND monotonicMs >= $sinceMs THEN 0 ELSE 1 END, seq LIMIT $count`

const rows = z.array(entry)
const number = z.number()
const numbers = z.array(number)
const sums = z.object({ depth: z.number(), bytes: z.number() })

/** The file is there and whole, but was written by a later version. */
export class LaterSchemaError extends Error {
  override readonly name = 'LaterSchemaError'
  readonly code = 'outbox-later'
}

const prepare = (database: Database.Database): void => {
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
  database.pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`)
  const version = z.number().parse(database.pragma('user_version', { simple: true }))
  if (version > SCHEMA_VERSION) throw new LaterSchemaError(`it has schema ${version}; this version of kantukd knows ${SCHEMA_VERSION}`)
  if (version === 0) database.transaction(() => database.exec(SCHEMA)).immediate()
  const faults = z.string().parse(database.pragma('quick_check(1)', { simple: true }))
  if (faults !== 'ok') throw new Database.SqliteError(faults, 'SQLITE_CORRUPT')
}

/** What this boot knows of time: a wall clock that was set by weeks makes nothing of it old. */
export type Boot = Pick<Clock, 'bootId' | 'monotonicMs'>

const NO_BOOT: Boot = { bootId: '', monotonicMs: () => 0 }

/**
 * Opens the file, or makes it; its folder must be there.
 * @param boot what was made in it ages by its clock too, which never jumps; without it, by the wall clock alone
 * @throws SqliteError of the file or the disk, LaterSchemaError
 */
export const openDiskShelf = (file: string, budget: Budget, boot: Boot = NO_BOOT): Shelf => {
  const database = new Database(file, { timeout: 1_000 })
  try {
    prepare(database)
  } catch (error) {
    database.close()
    throw error
  }
  const insertOne = database.prepare(
    'INSERT OR IGNORE INTO waiting VALUES ($id, $kind, $seq, $level, $bootId, $monotonicMs, $wallMs, $payload, $bytes)',
  )
  const count = database.prepare(`UPDATE counter SET value = max(value, $seq) WHERE name = 'seq'`)
  const removeOne = database.prepare('DELETE FROM waiting WHERE id = ? RETURNING bytes').pluck()
  const removeOld = database
    .prepare('DELETE FROM waiting WHERE wallMs < $beforeWallMs AND (bootId <> $bootId OR monotonicMs < $beforeMonotonicMs) RETURNING bytes')
    .pluck()
  const leastWorth = database.prepare('SELECT id FROM waiting ORDER BY level, seq LIMIT 1').pluck()
  const first = database.prepare(FIRST)
  let lastSeq = number.parse(database.prepare(`SELECT value FROM counter WHERE name = 'seq'`).pluck().get())
  let { depth, bytes } = sums.parse(database.prepare('SELECT count(*) AS depth, coalesce(sum(bytes), 0) AS bytes FROM waiting').get())

  const before = (nowWallMs: number) => ({
    beforeWallMs: nowWallMs - budget.ageMs,
    bootId: boot.bootId,
    beforeMonotonicMs: boot.monotonicMs() - budget.ageMs,
  })
  const gone = (freed: readonly number[]): number => {
    depth -= freed.length
    bytes -= freed.reduce((sum, each) => sum + each, 0)
    return freed.length
  }
  const drop = (id: unknown): number[] => numbers.parse(removeOne.all(id))

  const insertAll = database.transaction((entries: readonly Entry[]): number[] =>
    entries.flatMap((each) => {
      const size = Buffer.byteLength(each.payload) + ROW_OVERHEAD_BYTES
      count.run({ seq: each.seq })
      return insertOne.run({ ...each, bytes: size }).changes > 0 ? [size] : []
    }),
  )
  const removeAll = database.transaction((ids: readonly string[]): number[] => ids.flatMap(drop))
  const makeRoom = database.transaction((): number[] => {
    const freed: number[] = []
    for (let left = bytes; left > budget.bytes && freed.length < depth - 1; left -= freed.at(-1) ?? 0) freed.push(...drop(leastWorth.get()))
    return freed
  })

  return {
    insert: (entries) => {
      const sizes = insertAll.immediate(entries)
      depth += sizes.length
      bytes += sizes.reduce((sum, each) => sum + each, 0)
      lastSeq = entries.reduce((last, { seq }) => Math.max(last, seq), lastSeq)
    },
    remove: (ids) => {
      gone(removeAll.immediate(ids))
    },
    countTo: (seq) => {
      count.run({ seq })
      lastSeq = Math.max(lastSeq, seq)
    },
    first: (wanted, { bootId, sinceMs }, except) =>
      rows
        .parse(first.all({ bootId, sinceMs, count: wanted + except.size }))
        .filter(({ id }) => !except.has(id))
        .slice(0, wanted),
    trim: (nowWallMs) => ({
      tooOld: nowWallMs === null ? 0 : gone(numbers.parse(removeOld.all(before(nowWallMs)))),
      noRoom: bytes > budget.bytes ? gone(makeRoom.immediate()) : 0,
    }),
    get depth() {
      return depth
    },
    get lastSeq() {
      return lastSeq
    },
    close: () => {
      database.close()
    },
  }
}
