/**
 * The shelf on disk: SQLite with a write-ahead log that is flushed with every transaction, so that what `insert` has returned for
 * survives a pulled plug. Called from the outbox's own thread only: a flush may take seconds on a worn card.
 */
import { z } from 'zod'
import type { Clock } from '../clock.js'
import { openDatabase } from './disk-schema.js'
import { createLanes } from './lanes.js'
import { standingAfter, toldIn } from './standing.js'
import type { Entry, Shelf } from './types.js'

/** What may lie in the outbox. */
export type Budget = {
  /** Of payloads and what goes with them. */
  bytes: number
  ageMs: number
}

// Own: id, keys and SQLite's own share of a row, measured on 1,000 events of 900 bytes.
const ROW_OVERHEAD_BYTES = 200
// Own: incidents end; should one be forgotten, the oldest goes.
const STANDING_KEPT = 100

const number = z.number()
const numbers = z.array(number)
const text = z.string()
const texts = z.array(text)
const sums = z.object({ depth: z.number(), bytes: z.number() })

/** What this boot knows of time: a wall clock that was set by weeks makes nothing of it old. */
export type Boot = Pick<Clock, 'bootId' | 'monotonicMs'>

const NO_BOOT: Boot = { bootId: '', monotonicMs: () => 0 }

/**
 * Opens the file, or makes it; its folder must be there.
 * @param boot what was made in it ages by its clock too, which never jumps; without it, by the wall clock alone
 * @throws SqliteError of the file or the disk, LaterSchemaError
 */
export const openDiskShelf = (file: string, budget: Budget, boot: Boot = NO_BOOT): Shelf => {
  const database = openDatabase(file)
  const insertOne = database.prepare(
    'INSERT OR IGNORE INTO waiting VALUES ($id, $kind, $seq, $level, $bootId, $monotonicMs, $wallMs, $payload, $bytes)',
  )
  const count = database.prepare(`UPDATE counter SET value = max(value, $seq) WHERE name = 'seq'`)
  const removeOne = database.prepare('DELETE FROM waiting WHERE id = ? RETURNING bytes').pluck()
  const removeOld = database
    .prepare('DELETE FROM waiting WHERE wallMs < $beforeWallMs AND (bootId <> $bootId OR monotonicMs < $beforeMonotonicMs) RETURNING bytes')
    .pluck()
  const standing = database.prepare('SELECT ending FROM standing ORDER BY incident').pluck()
  const stood = database.prepare('SELECT ending FROM standing WHERE incident = ?').pluck()
  const stand = database.prepare('INSERT OR REPLACE INTO standing VALUES (?, ?)')
  const fall = database.prepare('DELETE FROM standing WHERE incident = ?')
  const fallOldest = database.prepare(
    `DELETE FROM standing WHERE incident IN (SELECT incident FROM standing ORDER BY incident DESC LIMIT -1 OFFSET ${STANDING_KEPT})`,
  )
  const lanes = createLanes(database)
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
  const drop = (id: string | undefined): number[] => numbers.parse(removeOne.all(id))

  const follow = (each: Entry): void => {
    const after = standingAfter(each, (incident) => text.optional().parse(stood.get(incident)) ?? null)
    if (after === null) return
    if (after.ending === null) fall.run(after.incident)
    else stand.run(after.incident, after.ending)
    fallOldest.run()
  }
  const insertAll = database.transaction((entries: readonly Entry[]): number[] =>
    entries.flatMap((each) => {
      const size = Buffer.byteLength(each.payload) + ROW_OVERHEAD_BYTES
      count.run({ seq: each.seq })
      if (insertOne.run({ ...each, bytes: size }).changes === 0) return []
      follow(each)
      return [size]
    }),
  )
  const takeOver = database.transaction((seq: number, endings: readonly string[]): void => {
    count.run({ seq })
    for (const ending of endings) stand.run(toldIn(ending)?.incident ?? '', ending)
  })
  const removeAll = database.transaction((ids: readonly string[]): number[] => ids.flatMap(drop))
  const makeRoom = database.transaction((): number[] => {
    const freed: number[] = []
    for (let left = bytes; left > budget.bytes && freed.length < depth - 1; left -= freed.at(-1) ?? 0)
      freed.push(...drop(lanes.leastWorth()))
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
    takeOver: (seq, endings) => {
      takeOver.immediate(seq, endings)
      lastSeq = Math.max(lastSeq, seq)
    },
    first: lanes.first,
    makeRoom: () => (bytes > budget.bytes ? gone(makeRoom.immediate()) : 0),
    dropOld: (nowWallMs) => gone(numbers.parse(removeOld.all(before(nowWallMs)))),
    standing: () => texts.parse(standing.all()),
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
