/** The rule `eyes-not-seen`: the driver cannot be judged, and why; level 1, since unseen is never closed. Source: Euro NCAP: told within 10 s. */
import { isCameraAbsent, isSeen, type Reason } from '../../observation.js'
import { ANSWER_OPEN_MS, BLIND_STEP_MS, CAMERA_ABSENT_MS, type Policy } from '../policy.js'
import type { RuleJudge } from '../rule.js'
import { createTally } from '../signs/tally.js'
import { createHolding } from './holding.js'

/** The reason that explains most of an unseen stretch. */
function mostFrequent(counts: ReadonlyMap<Reason, number>): Reason {
  let best: Reason = 'no-face'
  for (const [reason, count] of counts) if (count > (counts.get(best) ?? 0)) best = reason
  return best
}

// Own: a glimpse now and then is no sight. Nearly half of a time that makes `eyesNotSeenMs`: PERCLOS is withheld by then (less than 60 % seen).
const UNSEEN_SHARE = 0.45
// Own: the figure must fall by so much before what held is over.
const HOLDS_SHARE = 0.8

export function createEyesNotSeen({ eyesNotSeenMs }: Policy): RuleJudge {
  const reasons = new Map<Reason, number>()
  const windowMs = eyesNotSeenMs / UNSEEN_SHARE
  let unseenTime = createTally(windowMs, 250)
  const flickering = createHolding()
  let lastMs = 0

  return {
    step({ atMs, observation, stretches: { openMs, unseenMs, absentMs } }) {
      const { left, right, unseen } = observation
      const isUnseen = !isSeen(left) && !isSeen(right)
      const stepMs = atMs - lastMs
      lastMs = atMs
      // An observation stands for the time since the one before it; the first of a loss only begins it.
      if (isUnseen && !isCameraAbsent(observation) && stepMs <= BLIND_STEP_MS) unseenTime.span(atMs - stepMs, atMs)
      // The driver is back: what was lost before does not count on.
      if (openMs >= ANSWER_OPEN_MS && unseenTime.within(atMs) > 0) unseenTime = createTally(windowMs, 250)
      const lostMs = Math.max(0, unseenTime.within(atMs) - stepMs)
      const sinceMs = flickering.step(atMs, isUnseen && lostMs >= eyesNotSeenMs, lostMs >= HOLDS_SHARE * eyesNotSeenMs)
      if (!isUnseen) {
        if (sinceMs === null) reasons.clear()
        return null
      }
      for (const reason of [unseen.left, unseen.right]) if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      // Then `camera-unavailable` says it better.
      if (absentMs >= CAMERA_ABSENT_MS) return null
      const common = { rule: 'eyes-not-seen', level: 1, confidence: 1 } as const
      const reason = mostFrequent(reasons)
      if (unseenMs >= eyesNotSeenMs) return { ...common, startedMs: atMs - unseenMs, evidence: { reason, unseenMs: Math.round(unseenMs) } }
      if (sinceMs === null) return null
      return {
        ...common,
        startedMs: sinceMs,
        evidence: { reason, unseenMs: Math.round(lostMs), windowMs: Math.round(windowMs) },
      }
    },
  }
}
