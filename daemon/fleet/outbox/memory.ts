/** The outbox in memory: what it holds is gone with the process. */
import { createMemoryShelf } from './memory-shelf.js'
import type { Outbox, OutboxNews } from './types.js'

export type MemoryOutboxOptions = {
  /** Messages, at least 1. */
  capacity?: number
  onNews?: (news: OutboxNews) => void
}

/** When full, the least severe goes first, and among equals the oldest; each is counted. */
export const createMemoryOutbox = ({ capacity, onNews = () => undefined }: MemoryOutboxOptions = {}): Outbox => {
  const shelf = createMemoryShelf(capacity)
  const taken = new Set<string>()
  let dropped = 0
  return {
    put: (entry) => {
      shelf.insert([entry])
      const noRoom = shelf.makeRoom()
      if (noRoom === 0) return
      dropped += noRoom
      onNews({ what: 'dropped', count: noRoom, why: 'no-room' })
    },
    take: async (count, live) => {
      const first = shelf.first(count, live, taken)
      for (const { id } of first) taken.add(id)
      return first
    },
    standing: async () => [],
    acknowledge: (id) => {
      shelf.remove([id])
      taken.delete(id)
    },
    release: () => taken.clear(),
    get depth() {
      return shelf.depth
    },
    get dropped() {
      return dropped
    },
    get lastSeq() {
      return shelf.lastSeq
    },
    close: async () => shelf.close(),
  }
}
