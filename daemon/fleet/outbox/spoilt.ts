/** Tells a spoilt file from a disk that refuses. Pure. */
import Database from 'better-sqlite3'
import { z } from 'zod'
import { reasonOf } from '../../reason-of.js'
import { LaterSchemaError } from './disk-schema.js'

// SQLITE_ERROR: our own statement does not fit the file's tables, so these are no longer as we made them.
const OF_THE_FILE = /^SQLITE_(CORRUPT|NOTADB|ERROR$)/

/**
 * The file itself is the fault, not the disk: another one would do. What was read and is not as it was written (a ZodError) counts, for
 * SQLite has no sum over its rows and hands out a flipped bit as it is.
 */
export const isSpoilt = (error: unknown): boolean =>
  error instanceof LaterSchemaError ||
  error instanceof z.ZodError ||
  (error instanceof Database.SqliteError && OF_THE_FILE.test(error.code))

/** What was found wrong, in one line. */
export const faultOf = (error: unknown): string =>
  error instanceof z.ZodError ? `a row is not as it was written: ${z.prettifyError(error).replaceAll(/\s+/g, ' ')}` : reasonOf(error)
