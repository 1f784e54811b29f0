/** The rules `eyes-not-seen` and `camera-unavailable`: the driver cannot be judged, and for how long. */
import { isSeen, type Observation, type Reason } from '../observation.js'
import type { Finding } from './decision.js'
import { CAMERA_ABSENT_MS, type Policy } from './policy.js'
import type { Stretches } from './release.js'

/** The reason that explains most of an unseen stretch. */
function mostFrequent(counts: ReadonlyMap<Reason, number>): Reason {
  let best: Reason = 'no-face'
  for (const [reason, count] of counts) if (count > (counts.get(best) ?? 0)) best = reason
  return best
}

/**
 * Follows why no eye is seen. One `step` an observation; it returns what holds now, or null.
 * Unseen is never closed: these rules stay at level 1.
 */
export function createVisibility(policy: Policy): { step(observation: Observation, stretches: Stretches): Finding | null } {
  let reasons = new Map<Reason, number>()

  return {
    step({ at, unseen, left, right }, { unseenMs, absentMs }) {
      if (isSeen(left) || isSeen(right)) {
        reasons = new Map()
        return null
      }
      for (const reason of [unseen.left, unseen.right]) if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      if (absentMs >= CAMERA_ABSENT_MS) {
        const evidence = { reason: 'no-camera', absentMs: Math.round(absentMs) }
        return { rule: 'camera-unavailable', level: 1, startedMs: at - absentMs, evidence, confidence: 1 }
      }
      if (unseenMs < policy.eyesNotSeenMs) return null
      const evidence = { reason: mostFrequent(reasons), unseenMs: Math.round(unseenMs) }
      return { rule: 'eyes-not-seen', level: 1, startedMs: at - unseenMs, evidence, confidence: 1 }
    },
  }
}
