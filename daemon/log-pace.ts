/** Keeps one sentence from filling the log: beyond so many in a minute it is only counted. Pure: time is an argument. */

// Own: an event every two seconds is more than any driver gives; a fault that comes with every frame gives 900 in a minute.
const IN_A_MINUTE = 30
const MINUTE_MS = 60_000
// Own: sentences kept in mind; a log has a few dozen.
const KEPT = 500

export interface LogPace {
  /** Whether the entry is said; whether it is the last of its kind for now; and how many of its kind were left out before it. */
  take(sentence: string, nowMs: number): { say: boolean; isLast: boolean; leftOut: number }
}

/** Entries that differ in numbers alone, or in what they quote of others' words, are the same. */
const kindOf = (sentence: string): string =>
  sentence
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/\d+/g, '#')
    .slice(0, 200)

export const createLogPace = (): LogPace => {
  const kinds = new Map<string, { sinceMs: number; said: number; leftOut: number }>()
  return {
    take(sentence, nowMs) {
      const kind = kindOf(sentence)
      const known = kinds.get(kind)
      if (known === undefined || nowMs - known.sinceMs >= MINUTE_MS) {
        const [oldest] = kinds.keys()
        kinds.delete(kind)
        if (kinds.size >= KEPT && oldest !== undefined) kinds.delete(oldest)
        kinds.set(kind, { sinceMs: nowMs, said: 1, leftOut: 0 })
        return { say: true, isLast: false, leftOut: known?.leftOut ?? 0 }
      }
      const say = known.said < IN_A_MINUTE
      if (say) known.said += 1
      else known.leftOut += 1
      return { say, isLast: say && known.said === IN_A_MINUTE, leftOut: 0 }
    },
  }
}
