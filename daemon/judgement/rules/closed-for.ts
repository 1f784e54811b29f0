/** What `microsleep`, `sleep` and `unresponsive` have in common: eyes held closed, and seen closed for most of that time. */
import type { Finding } from '../decision.js'
import { SEEN_CLOSED_SHARE } from '../policy.js'
import type { ClosureStep } from '../signs/closure.js'

const rounded = (share: number): number => Math.round(share * 1000) / 1000

/** @returns what a closure of at least `thresholdMs` gives as a finding, on an observation in which it was seen; else null */
export function closedFor(thresholdMs: number, { running, seenClosed }: ClosureStep): Omit<Finding, 'rule' | 'level'> | null {
  if (running === null || !seenClosed || running.closedMs < thresholdMs || running.seenShare < SEEN_CLOSED_SHARE) return null
  return {
    startedMs: running.startedMs,
    confidence: rounded(running.confidence),
    evidence: { closedMs: Math.round(running.closedMs), seenShare: rounded(running.seenShare) },
  }
}
