/** How long the vision process may be silent, take to begin, and take to end. */
import { FROZEN_MS } from './frozen.js'
import type { StartTimes } from './patience.js'

export type VisionTimes = StartTimes & {
  /** A running child that says nothing for this long is hung (issue: "no observation in 2 s"). */
  silenceMs: number
  /** A running child that says nothing for this long is taken for blind: a warning must stop 2 s after vision died. */
  absentAfterMs: number
  /** First pause before a restart; doubles up to `backoffMaxMs`. Own: a crash costs little, a crash loop must not heat the box; with the start of the models an eye is away for at most 5 s. */
  backoffMs: number
  backoffMaxMs: number
  /** A child that lived this long starts the back-off afresh. */
  steadyMs: number
  /** How often "no camera" is said while there is no vision: the slowest rate at which the rules still hold (5 a second). */
  absentEveryMs: number
  /** How long `close` waits for an orderly end before it kills. */
  closeMs: number
  /** A killed child that has not ended after this long is held by a driver, and waited for no more. */
  stuckMs: number
  /** For how long a camera that was frozen must give new pictures before it is believed; as long as it takes to find one frozen. */
  probationMs: number
}

/** Those of a vehicle. */
export const usualTimes: VisionTimes = {
  silenceMs: 2000,
  absentAfterMs: 1500,
  // Own: a start takes 1 to 2 s, and the fleet is told of the absence after 5 s: by then with the reason.
  startSilenceMs: 3000,
  // Own: five times what a cold Pi needs.
  startMs: 15_000,
  backoffMs: 100,
  backoffMaxMs: 2000,
  steadyMs: 10_000,
  absentEveryMs: 200,
  closeMs: 1000,
  // Own: a kill takes milliseconds.
  stuckMs: 500,
  probationMs: FROZEN_MS,
}
