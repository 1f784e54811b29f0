/** The rule `slow-closures`: three closures of 0.5 s or more within a minute, level 1. Source: Schleicher 2008: closures of 0.5–1.0 s mark severe fatigue. */
import { BLINK_MAX_MS, SEEN_CLOSED_SHARE, SHUT_PEAK } from '../policy.js'
import type { RuleJudge } from '../rule.js'
import { durationMs } from '../signs/blinks.js'
import { createTally } from '../signs/tally.js'
import { createHolding } from './holding.js'
import { windowConfidence } from './window-confidence.js'

const WITHIN_MS = 60_000
const TIMES = 3
// Own: as far as three closures within a minute can be trusted; they may be long looks down.
const MOST_CONFIDENCE = 0.7

/**
 * A closure counts as soon as it has lasted 0.5 s, and one that becomes a microsleep goes on counting: that is no lesser sign.
 * Withheld below 15 frames a second, as all that times blinks.
 */
export function createSlowClosures(): RuleJudge {
  const slow = createTally(WITHIN_MS, 250)
  const holding = createHolding()
  let countedMs: number | null = null
  return {
    step({ atMs, closures: { running, ended }, measures }) {
      const isTimed = measures.withheld !== 'too-few-frames'
      const frameMs = measures.fps === null ? 0 : 1000 / measures.fps
      for (const closure of [ended, running]) {
        if (closure === null || closure.startedMs === countedMs || !isTimed || closure.peak < SHUT_PEAK) continue
        if (durationMs(closure, frameMs) < BLINK_MAX_MS || closure.seenShare < SEEN_CLOSED_SHARE) continue
        countedMs = closure.startedMs
        slow.put(atMs, 1)
      }
      const count = slow.within(atMs)
      const sinceMs = holding.step(atMs, count >= TIMES, count > TIMES - 1)
      if (sinceMs === null) return null
      const evidence = { closures: Math.ceil(count), withinMs: WITHIN_MS, ...(measures.nods60 > 0 ? { nods: measures.nods60 } : {}) }
      return { rule: 'slow-closures', level: 1, startedMs: sinceMs, evidence, confidence: windowConfidence(MOST_CONFIDENCE, measures) }
    },
  }
}
