/**
 * What is sent first, and what is given up first, of the entries on disk: as order.ts has it. Each walks the index `byLane` and stops as soon as it
 * may, so that an alarm does not wait for what lies there, however much it is.
 */
import Database from 'better-sqlite3'
import { z } from 'zod'
import { type Entry, entry, type Live } from './types.js'

const LEVELS = [0, 1, 2, 3, 4]

const alertsOf = (columns: string): string =>
  LEVELS.map((level) => `SELECT ${columns} FROM waiting WHERE level = ${level} AND kind = 'alert'`).join(' UNION ALL ')

const ofKinds = (level: string): string =>
  ['alert', 'trip', 'day'].map((kind) => `SELECT id, seq FROM waiting WHERE level = ${level} AND kind = '${kind}'`).join(' UNION ALL ')

// Each part comes in the order of seq out of the index; SQLite merges them row by row.
const NEWEST = `${alertsOf('id, seq, bootId, monotonicMs')} ORDER BY seq DESC`
const OLDEST = `${alertsOf('id, seq')} ORDER BY seq`
const SUMMARIES = `SELECT id, seq FROM waiting WHERE level = 0 AND kind = 'trip' UNION ALL SELECT id, seq FROM waiting WHERE level = 0 AND kind = 'day' ORDER BY seq`
const LEAST_LEVEL = 'SELECT min(level) FROM waiting'
const LEAST_WORTH = `SELECT id FROM (${ofKinds('$level')} ORDER BY seq LIMIT 1)`
const WHOLE = 'SELECT id, kind, seq, level, bootId, monotonicMs, wallMs, payload FROM waiting WHERE id = ?'

// Own: `seq` rises with time, so what is news comes last; a few that were told late (the ends of incidents that were cut) may lie between.
const OLD_BETWEEN = 32

const key = z.object({ id: z.string() })
const made = z.object({ id: z.string(), bootId: z.string(), monotonicMs: z.number() })

export interface Lanes {
  /** The first `count` in the order of sending, without those in `except`. @throws SqliteError, ZodError where index or row are spoilt */
  first(count: number, live: Live, except: ReadonlySet<string>): Entry[]
  /** The id of the least severe, among these the oldest; undefined: there is none. */
  leastWorth(): string | undefined
}

export const createLanes = (database: Database.Database): Lanes => {
  const newest = database.prepare(NEWEST)
  const older = [database.prepare(OLDEST), database.prepare(SUMMARIES)]
  const leastLevel = database.prepare(LEAST_LEVEL).pluck()
  const leastWorth = database.prepare(LEAST_WORTH).pluck()
  const whole = database.prepare(WHOLE)

  /** Alerts that are news, the oldest first. */
  const news = ({ bootId, sinceMs }: Live): string[] => {
    const found: string[] = []
    let old = 0
    for (const row of newest.iterate()) {
      const alert = made.parse(row)
      if (alert.bootId === bootId && alert.monotonicMs >= sinceMs) found.unshift(alert.id)
      else old += 1
      if (old > OLD_BETWEEN) break
    }
    return found
  }

  const rowOf = (id: string): Entry => {
    const row = whole.get(id)
    if (row === undefined) throw new Database.SqliteError('an index names a row that is not there', 'SQLITE_CORRUPT_INDEX')
    return entry.parse(row)
  }

  return {
    first(count, live, except) {
      const ids = new Set(news(live).filter((id) => !except.has(id)))
      for (const lane of older) {
        if (ids.size >= count) break
        for (const row of lane.iterate()) {
          const { id } = key.parse(row)
          if (!except.has(id)) ids.add(id)
          if (ids.size >= count) break
        }
      }
      return [...ids].slice(0, count).map(rowOf)
    },
    leastWorth: () =>
      z
        .string()
        .optional()
        .parse(leastWorth.get({ level: leastLevel.get() })),
  }
}
