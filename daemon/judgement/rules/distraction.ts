/** The rule `distraction`: looking away from "ahead" for too long; level 1, then 2, never more, and never a closure. Source: EU 2023/2590. */
import type { RuleJudge } from '../rule.js'

// EU 2023/2590: 3.5 s from 50 km/h on, 6 s from 20 to 50 km/h. Speed unknown: as if fast.
const FAST_MS = 3500
const SLOW_MS = 6000
const FAST_KMH = 50
// Design: level 2 after 3 s more.
const LONGER_MS = 3000
// Own: the head's direction is good to 5–10°, and says less of where the eyes look; less still while "ahead" is being learned.
const CONFIDENCE = 0.7
const CONFIDENCE_UNKNOWN = 0.5

export const createDistraction = (): RuleJudge => ({
  step({ away, ahead, inputs: { speedKmh } }) {
    if (away === null) return null
    const thresholdMs = speedKmh === null || speedKmh >= FAST_KMH ? FAST_MS : SLOW_MS
    if (away.awayMs < thresholdMs) return null
    const evidence = {
      awayMs: Math.round(away.awayMs),
      yawDegrees: Math.round(away.yaw),
      pitchDegrees: Math.round(away.pitch),
      ahead: ahead === null ? 'calibrating' : 'known',
    }
    const level = away.awayMs >= thresholdMs + LONGER_MS ? 2 : 1
    return { rule: 'distraction', level, startedMs: away.startedMs, evidence, confidence: ahead === null ? CONFIDENCE_UNKNOWN : CONFIDENCE }
  },
})
