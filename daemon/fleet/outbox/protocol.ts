/** Between the daemon and the outbox's thread. */
import { z } from 'zod'
import { entry, live, outboxNews } from './types.js'

/** What the thread is started with. */
export const threadData = z.strictObject({
  file: z.string(),
  budget: z.strictObject({ bytes: z.number().positive(), ageMs: z.number().positive() }),
})

/** Daemon → thread. */
export const toThread = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('put'), entry }),
  /** Answered by `taken` with the same `ask`. */
  z.strictObject({ type: z.literal('take'), ask: z.number(), count: z.number().int().positive(), live }),
  z.strictObject({ type: z.literal('acknowledge'), id: z.string() }),
  z.strictObject({ type: z.literal('release') }),
  /** ms since 1970, or null: told now and then, since only the daemon knows whether its clock is right. */
  z.strictObject({ type: z.literal('clock'), wallMs: z.number().nullable() }),
  /** Answered by `closed`, the last message. */
  z.strictObject({ type: z.literal('close') }),
])

const figures = { depth: z.number(), dropped: z.number(), lastSeq: z.number() }

/** Thread → daemon. */
export const fromThread = z.discriminatedUnion('type', [
  /** How far `seq` has counted, before the file is checked as a whole, which takes its time. */
  z.strictObject({ type: z.literal('counted'), lastSeq: z.number() }),
  /** The file is open, or was found to be closed to us: what is put from now on is kept as well as can be. */
  z.strictObject({ type: z.literal('ready'), standing: z.array(z.string()), ...figures }),
  /** These are kept. */
  z.strictObject({ type: z.literal('kept'), ids: z.array(z.string()), ...figures }),
  z.strictObject({ type: z.literal('taken'), ask: z.number(), entries: z.array(entry) }),
  /** These were acknowledged and are gone. */
  z.strictObject({ type: z.literal('gone'), ids: z.array(z.string()), ...figures }),
  z.strictObject({ type: z.literal('news'), news: outboxNews }),
  z.strictObject({ type: z.literal('closed') }),
])

export type ToThread = z.infer<typeof toThread>
export type FromThread = z.infer<typeof fromThread>
