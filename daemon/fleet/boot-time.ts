/** One answer to "when did this boot begin", so that all times set right by it agree. */
import type { Clock } from './clock.js'

/**
 * To be asked whenever a clock is looked at: the first answer stays, though wall clock and monotonic clock drift apart later, or the wall clock is set.
 * @returns ms since 1970 at which the monotonic clock stood at 0; null while the wall clock is not known to be right
 */
export const bootTime = (clock: Clock): (() => number | null) => {
  let known: number | null = null
  return () => {
    if (known === null && clock.synced()) known = clock.wallMs() - clock.monotonicMs()
    return known
  }
}
