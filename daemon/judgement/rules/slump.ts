/**
 * The rule `slump`: sight of the driver is lost where sleep is the likeliest reason. Own, from others' failures: a sleeper's head falls out of the picture.
 * After a closure, or a warning that stands, the thresholds of `microsleep` and `sleep` go on by the clock of what was lost (levels 2, 3); after a head
 * that fell without a closure it takes longer. Level 4 is `unresponsive`.
 */
import type { Level } from '../decision.js'
import { NOD_ALARM_MS, NOD_WARN_MS, type Policy } from '../policy.js'
import type { RuleJudge } from '../rule.js'

export function createSlump({ microsleepMs, sleepMs }: Policy): RuleJudge {
  function levelAfter(clockMs: number, [warnMs, alarmMs]: readonly [number, number]): Level {
    if (clockMs < warnMs) return 0
    return clockMs < alarmMs ? 2 : 3
  }

  return {
    step({ lost, eyes, observation }) {
      if (lost === null || !lost.isSlump || eyes.state === 'open') return null
      const { after, clockMs, startedMs, confidence } = lost
      const level = levelAfter(clockMs, after === 'nod' ? [NOD_WARN_MS, NOD_ALARM_MS] : [microsleepMs, sleepMs])
      if (level === 0) return null
      const reason = observation.unseen.left ?? observation.unseen.right ?? 'seen-closed'
      return { rule: 'slump', level, startedMs, evidence: { after, slumpedMs: Math.round(clockMs), reason }, confidence }
    },
  }
}
