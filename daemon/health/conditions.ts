/** Which conditions stand, and that each is said once when it comes and once when it goes. */
import { type Condition, conditions } from '../condition.js'

export interface Conditions {
  /** @param sentence what is wrong and what is done about it, for the log; null: it was said already */
  tell(condition: Condition, stands: boolean, sentence: string | null): void
  /** Those that stand, in a fixed order. */
  list(): Condition[]
}

type Log = Readonly<Record<'info' | 'error', (message: string) => void>>

/** @param standing those that stood before the daemon began, and were said then */
export const createConditions = (log: Log, standing: readonly Condition[] = []): Conditions => {
  const now = new Set<Condition>(standing)
  return {
    tell(condition, stands, sentence) {
      if (stands === now.has(condition)) return
      if (stands) now.add(condition)
      else now.delete(condition)
      if (sentence !== null) log[stands ? 'error' : 'info'](stands ? `${sentence} [${condition}]` : sentence)
    },
    list: () => conditions.filter((condition) => now.has(condition)),
  }
}
