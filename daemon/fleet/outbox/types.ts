/** Where messages wait for the broker's acknowledgement: one interface, in memory or on disk. */
import { z } from 'zod'

/** What waits. Alerts go before summaries, whatever their age. */
export const kinds = ['alert', 'trip', 'day'] as const

/** One message that must not be lost. */
export const entry = z.strictObject({
  /** UUIDv7; an entry that is put twice is taken once. */
  id: z.string(),
  kind: z.enum(kinds),
  /** Ordinal, rising over restarts: the order of sending within a lane. */
  seq: z.number().int().positive(),
  /** 0–4 of an alert, 0 of a summary: the lowest is given up first when there is no room. */
  level: z.number().int().min(0).max(4),
  /** Boot in which it was made, and ms since that boot: tells news from history. */
  bootId: z.string(),
  monotonicMs: z.number(),
  /** ms since 1970 when it was made; null when that clock was not known to be right: such an entry does not age. */
  wallMs: z.number().nullable(),
  /** The message as JSON, as it was when it was made. */
  payload: z.string(),
})

export type Entry = z.infer<typeof entry>

/** From when on an alert is news: those of this boot since this moment go before all others. */
export const live = z.strictObject({ bootId: z.string(), sinceMs: z.number() })

export type Live = z.infer<typeof live>

/** What the outbox has to say of itself; each is told once for each change. */
export const outboxNews = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('dropped'), count: z.number(), why: z.enum(['no-room', 'too-old', 'spoilt']) }),
  /** The disk does not take it: messages are held in memory until it does. */
  z.strictObject({ what: z.literal('disk-refuses'), message: z.string() }),
  /** The disk takes it again; so many messages were held in memory. */
  z.strictObject({ what: z.literal('disk-accepts'), held: z.number() }),
  /** The file could not be read as an outbox and lies under another name; so many messages could be taken over. */
  z.strictObject({ what: z.literal('set-aside'), file: z.string(), message: z.string(), saved: z.number() }),
  /** How far `seq` had counted could not be read: it goes on after this, which it cannot have reached. */
  z.strictObject({ what: z.literal('seq-leaps'), to: z.number() }),
])

export type OutboxNews = z.infer<typeof outboxNews>

/** The port of the fleet room. */
export interface Outbox {
  /** Takes a message to keep, right after the alarm: returns at once and never throws. It can be taken only once it is kept. */
  put(entry: Entry): void
  /**
   * Up to `count` messages to send now; they stay until they are acknowledged and are not taken again before `release`.
   * Alerts that are news come first, then other alerts, then summaries; each by `seq`.
   */
  take(count: number, live: Live): Promise<readonly Entry[]>
  /** The broker has it: it goes. An id that is not there (any more) is no error. */
  acknowledge(id: string): void
  /** The line is gone: all that was taken and not acknowledged waits again. */
  release(): void
  /**
   * Incidents that an earlier run began and did not end, since it was cut: each as the `ended` to be told, without id and `seq`, in JSON.
   * Resolves once the file is open. Told again by the next start, until an alert of that incident with the phase `ended` is put.
   */
  standing(): Promise<readonly string[]>
  /** Messages that wait, taken or not. */
  readonly depth: number
  /** Messages given up since the start: for want of room, for age, or because they could not be read. */
  readonly dropped: number
  /** The highest `seq` ever held, 0 if none. */
  readonly lastSeq: number
  /** Writes what is under way; gives up on a disk that hangs after `withinMs`. */
  close(withinMs?: number): Promise<void>
}

/** What an outbox keeps its entries on. Everything is done when it returns. */
export interface Shelf {
  /** Keeps entries; those with a known id are passed over. On disk: all or none, and safe from a power cut on return. */
  insert(entries: readonly Entry[]): void
  remove(ids: readonly string[]): void
  /** What another file held: `lastSeq` is at least this from now on, and these incidents stand. */
  takeOver(seq: number, standing: readonly string[]): void
  /** The first `count` in the order of sending, without those in `except`. */
  first(count: number, live: Live, except: ReadonlySet<string>): Entry[]
  /** Gives up what there is no room for, and returns how many: least severe first, then oldest. */
  makeRoom(): number
  /** Gives up what is too old at that time, ms since 1970, and returns how many. It looks at all there is: for now and then. */
  dropOld(nowWallMs: number): number
  /** As Outbox.standing, as of now. */
  standing(): string[]
  readonly depth: number
  readonly lastSeq: number
  close(): void
}
