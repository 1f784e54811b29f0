/** What is kept of a driver: one open level a pair of eyes without glasses, one with; and which of them is worn. */

/** Probability that the open eye gives, by the driver's own left and right. */
export type OpenLevels = { left: number; right: number }

/** All that is kept of a baseline from one start to the next. Plain data. */
export type Memory = { bare: OpenLevels; glasses: OpenLevels | null; wears: 'bare' | 'glasses' }

// Own: less than this is light and seat, and within what the thresholds' hysteresis carries.
const LOWER_BY = 0.15
// Own: glasses come at once, and matter once open eyes come near "closed". A smaller step upwards may be drowsiness, which must not be
// learned.
const HIGHER_BY = 0.3

/** The level that decides: of two eyes the more open one does. */
export const levelOf = ({ left, right }: OpenLevels): number => Math.min(left, right)

export const wornLevels = ({ bare, glasses, wears }: Memory): OpenLevels => (wears === 'glasses' && glasses !== null ? glasses : bare)

/**
 * Holds a stretch of driving against what is known.
 *
 * @param seen open levels over that stretch
 * @param isAwake blinks were seen in it as an awake driver makes them
 * @returns what to go by from now on; the same object where nothing changes
 */
export function compare(memory: Memory, seen: OpenLevels, isAwake: boolean): Memory {
  const now = levelOf(seen)
  const bare = levelOf(memory.bare)
  if (memory.wears === 'glasses' && memory.glasses !== null) {
    return now < (bare + levelOf(memory.glasses)) / 2 ? { ...memory, wears: 'bare' } : memory
  }
  // More open than was thought: what was learned at first was glasses, or tired. This way the thresholds only become stricter, so it is always safe.
  if (now < bare - LOWER_BY) return { bare: seen, glasses: memory.bare, wears: 'bare' }
  if (now < bare + HIGHER_BY || !isAwake) return memory
  const isKnown = memory.glasses !== null && Math.abs(levelOf(memory.glasses) - now) < LOWER_BY
  return { bare: memory.bare, glasses: isKnown ? memory.glasses : seen, wears: 'glasses' }
}
