/** The rules `eyes-not-seen` and `camera-unavailable`: the driver cannot be judged, and for how long. */
import type { Observation, Reason } from '../observation.js'
import type { Finding } from './decision.js'
import type { EyesState } from './eyes.js'
import { CAMERA_ABSENT_MS, type Policy } from './policy.js'

/** The reason that explains most of an unseen stretch. */
function mostFrequent(counts: ReadonlyMap<Reason, number>): Reason {
  let best: Reason = 'no-face'
  for (const [reason, count] of counts) if (count > (counts.get(best) ?? 0)) best = reason
  return best
}

/**
 * Follows how long no eye has been seen. One `step` an observation; it returns what holds now, or null.
 * Unseen is never closed: these rules stay at level 1.
 */
export function createVisibility(policy: Policy): { step(observation: Observation, eyes: EyesState): Finding | null } {
  let unseenSinceMs: number | null = null
  let cameraAbsentSinceMs: number | null = null
  let reasons = new Map<Reason, number>()

  return {
    step(observation, eyes) {
      const { at, unseen } = observation
      if (eyes.state !== 'unseen') {
        unseenSinceMs = null
        cameraAbsentSinceMs = null
        reasons = new Map()
        return null
      }
      unseenSinceMs ??= at
      for (const reason of [unseen.left, unseen.right]) if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      const absent = unseen.left === 'no-camera' && unseen.right === 'no-camera'
      cameraAbsentSinceMs = absent ? (cameraAbsentSinceMs ?? at) : null

      if (cameraAbsentSinceMs !== null && at - cameraAbsentSinceMs >= CAMERA_ABSENT_MS) {
        const evidence = { reason: 'no-camera', absentMs: Math.round(at - cameraAbsentSinceMs) }
        return { rule: 'camera-unavailable', level: 1, startedMs: cameraAbsentSinceMs, evidence, confidence: 1 }
      }
      if (at - unseenSinceMs < policy.eyesNotSeenMs) return null
      const evidence = { reason: mostFrequent(reasons), unseenMs: Math.round(at - unseenSinceMs) }
      return { rule: 'eyes-not-seen', level: 1, startedMs: unseenSinceMs, evidence, confidence: 1 }
    },
  }
}
