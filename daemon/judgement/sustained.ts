/** The rules `microsleep` and `sleep`: eyes held closed for too long. */
import type { Closure } from './closure.js'
import type { Finding } from './decision.js'
import { type Policy, SEEN_CLOSED_SHARE } from './policy.js'

const rounded = (share: number): number => Math.round(share * 1000) / 1000

/**
 * @param closure the closure that runs, as of an observation in which it was seen
 * @returns `sleep` (level 3), `microsleep` (level 2) or null
 * @see Euro NCAP 2026, driver state monitoring: microsleep and sleep
 */
export function sustainedClosure(closure: Closure, policy: Policy): Finding | null {
  if (closure.seenShare < SEEN_CLOSED_SHARE) return null
  const common = {
    startedMs: closure.startedMs,
    confidence: rounded(closure.confidence),
    evidence: { closedMs: Math.round(closure.closedMs), seenShare: rounded(closure.seenShare) },
  }
  if (closure.closedMs >= policy.sleepMs) return { rule: 'sleep', level: 3, ...common }
  if (closure.closedMs >= policy.microsleepMs) return { rule: 'microsleep', level: 2, ...common }
  return null
}
