/** Where events wait for the broker's acknowledgement. One interface; today in memory, bounded. */
import type { Event } from './payloads/event.js'

export interface Outbox {
  /** Takes an event to keep. Called right after the alarm: must be quick. An id already there is taken once. */
  put(event: Event): void
  /** The `count` oldest that wait, oldest first; they stay. */
  peek(count: number): readonly Event[]
  /** The broker has it: it goes. An id that is not there (any more) is no error. */
  acknowledge(id: string): void
  /** Events that wait. */
  readonly depth: number
  /** Events given up since the start, because there was no room. */
  readonly dropped: number
}

// Own choice: an event is about 1 kB, so a full outbox is 5 MB; at an alert a minute that is three days without a network.
const CAPACITY = 5_000

/** The least severe; among those, the oldest. */
const leastWorth = (events: Iterable<Event>): Event | undefined => {
  let least: Event | undefined
  for (const event of events) if (least === undefined || event.level < least.level) least = event
  return least
}

const firstOf = (events: Iterable<Event>, count: number): Event[] => {
  const first: Event[] = []
  for (const event of events) {
    if (first.length >= count) break
    first.push(event)
  }
  return first
}

/**
 * Keeps events while the process lives. When full, the least severe goes first, and among equals the oldest; each is counted.
 * @param capacity events, at least 1
 */
export const createMemoryOutbox = (capacity = CAPACITY): Outbox => {
  const waiting = new Map<string, Event>()
  let dropped = 0
  return {
    put: (event) => {
      if (waiting.has(event.id)) return
      waiting.set(event.id, event)
      if (waiting.size <= capacity) return
      const least = leastWorth(waiting.values())
      if (least === undefined) return
      waiting.delete(least.id)
      dropped += 1
    },
    peek: (count) => firstOf(waiting.values(), count),
    acknowledge: (id) => {
      waiting.delete(id)
    },
    get depth() {
      return waiting.size
    },
    get dropped() {
      return dropped
    },
  }
}
