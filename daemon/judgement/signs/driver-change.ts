/** Whether another driver may sit there now: what was learned of the one before then no longer holds. */
import type { Observation } from '../../observation.js'

// Design, "A driver change": a face absent for 60 s, or a restart.
const ABSENT_MS = 60_000

/** One `step` an observation; true on the first face after 60 s without one, whatever the reason (a dead camera too: nobody watched the seat). */
export function createDriverChange(): { step(observation: Observation): boolean } {
  let faceMs: number | null = null
  return {
    step({ at, face }) {
      if (face === null) return false
      const isNew = faceMs !== null && at - faceMs >= ABSENT_MS
      faceMs = at
      return isNew
    },
  }
}
