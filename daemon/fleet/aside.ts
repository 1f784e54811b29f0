/** Messages that the broker refused: each waits by itself, longer with each refusal, while all others pass. */
import { backoffMs, type Retry } from './backoff.js'
import type { Entry } from './outbox/types.js'

export type AsideOptions = {
  retry: Retry
  /** 0..1, spreads the waits. */
  chance: () => number
  /** One is due. */
  onDue: () => void
  /** How many are held here. Default 1,000. */
  most?: number
}

export interface Aside {
  /** It was refused, once more perhaps. */
  put(entry: Entry): void
  /** The first of those that are due and that `may` lets pass; it is here no more, its refusals are remembered. */
  next(may: (entry: Entry) => boolean): Entry | undefined
  /** The broker took it after all. */
  forget(id: string): void
  /** All are given out of hand; their refusals are remembered. */
  clear(): void
  /** No more are to be brought here: they are better off on disk. */
  readonly isFull: boolean
  readonly size: number
}

// Own: an event is about 1 kB. A broker that refuses so many refuses everything.
const MOST = 1_000

export const createAside = ({ retry, chance, onDue, most = MOST }: AsideOptions): Aside => {
  const refusals = new Map<string, number>()
  const resting = new Map<string, NodeJS.Timeout>()
  const due = new Map<string, Entry>()
  return {
    put: (entry) => {
      const count = (refusals.get(entry.id) ?? 0) + 1
      // Taken out first, so that the newest are last; of those that never come again, given up for their age, the oldest are forgotten.
      refusals.delete(entry.id)
      refusals.set(entry.id, count)
      const [oldest] = refusals.keys()
      if (refusals.size > 2 * most && oldest !== undefined) refusals.delete(oldest)
      const rested = (): void => {
        resting.delete(entry.id)
        due.set(entry.id, entry)
        onDue()
      }
      resting.set(entry.id, setTimeout(rested, backoffMs(count, retry, chance())))
    },
    next: (may) => {
      for (const entry of due.values()) {
        if (!may(entry)) continue
        due.delete(entry.id)
        return entry
      }
      return undefined
    },
    forget: (id) => void refusals.delete(id),
    clear: () => {
      for (const timer of resting.values()) clearTimeout(timer)
      resting.clear()
      due.clear()
    },
    get isFull() {
      return resting.size + due.size >= most
    },
    get size() {
      return resting.size + due.size
    },
  }
}
