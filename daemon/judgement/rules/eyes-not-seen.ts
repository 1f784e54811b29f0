/** The rule `eyes-not-seen`: the driver cannot be judged, and why; level 1, since unseen is never closed. Source: Euro NCAP: told within 10 s. */
import { isSeen, type Reason } from '../../observation.js'
import { CAMERA_ABSENT_MS, type Policy } from '../policy.js'
import type { RuleJudge } from '../rule.js'

/** The reason that explains most of an unseen stretch. */
function mostFrequent(counts: ReadonlyMap<Reason, number>): Reason {
  let best: Reason = 'no-face'
  for (const [reason, count] of counts) if (count > (counts.get(best) ?? 0)) best = reason
  return best
}

export function createEyesNotSeen({ eyesNotSeenMs }: Policy): RuleJudge {
  const reasons = new Map<Reason, number>()

  return {
    step({ atMs, observation: { left, right, unseen }, stretches: { unseenMs, absentMs } }) {
      if (isSeen(left) || isSeen(right)) {
        reasons.clear()
        return null
      }
      for (const reason of [unseen.left, unseen.right]) if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      // Then `camera-unavailable` says it better.
      if (unseenMs < eyesNotSeenMs || absentMs >= CAMERA_ABSENT_MS) return null
      const evidence = { reason: mostFrequent(reasons), unseenMs: Math.round(unseenMs) }
      return { rule: 'eyes-not-seen', level: 1, startedMs: atMs - unseenMs, evidence, confidence: 1 }
    },
  }
}
