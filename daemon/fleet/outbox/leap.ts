/** Where `seq` goes on when nobody knows how far it had counted. */

// Own: when this was written. A board without a battery says 1970 until it has the time from the network.
const EARLIEST_S = Date.UTC(2026, 10, 28) / 1000
// Own: more than can have been given and let go since the oldest that still waits.
const FAR = 1_000_000

/**
 * Own: the seconds since 1970 are ahead of every count that rose by less than one a second; and `known`, the highest `seq` that was seen, is left far behind
 * where an earlier leap went by a clock ahead of this one.
 */
export const leap = (known = 0): number => Math.max(Math.floor(Date.now() / 1000), EARLIEST_S, known === 0 ? 0 : known + FAR)
