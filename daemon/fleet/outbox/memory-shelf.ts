/** A shelf that lasts as long as the process: for tests, and for what a full disk does not take. */
import { sendingOrder } from './order.js'
import type { Entry, Shelf } from './types.js'

// Own choice: an event is about 1 kB, so a full shelf is 5 MB; at an alert a minute that is three days without a network.
const CAPACITY = 5_000

/** The least severe; among those, the oldest. */
const leastWorth = (entries: Iterable<Entry>): Entry | undefined => {
  let least: Entry | undefined
  for (const entry of entries) if (least === undefined || entry.level < least.level) least = entry
  return least
}

/** @param capacity entries, at least 1 */
export const createMemoryShelf = (capacity = CAPACITY): Shelf => {
  const kept = new Map<string, Entry>()
  let lastSeq = 0
  return {
    insert: (entries) => {
      for (const entry of entries) {
        if (!kept.has(entry.id)) kept.set(entry.id, entry)
        lastSeq = Math.max(lastSeq, entry.seq)
      }
    },
    remove: (ids) => {
      for (const id of ids) kept.delete(id)
    },
    takeOver: (seq) => {
      lastSeq = Math.max(lastSeq, seq)
    },
    first: (count, live, except) => {
      const free = [...kept.values()].filter(({ id }) => !except.has(id))
      return free.sort(sendingOrder(live)).slice(0, count)
    },
    makeRoom: () => {
      let noRoom = 0
      for (; kept.size > capacity; noRoom += 1) kept.delete(leastWorth(kept.values())?.id ?? '')
      return noRoom
    },
    // What was held in memory went with the process that knew what stood.
    dropOld: () => 0,
    standing: () => [],
    get depth() {
      return kept.size
    },
    get lastSeq() {
      return lastSeq
    },
    close: () => kept.clear(),
  }
}
