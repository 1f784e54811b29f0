/** The rule `long-blinks`: a quarter of the blinks of three minutes longer than 0.3 s, level 1. Source: Caffier 2003. */
import type { RuleJudge } from '../rule.js'
import { createHolding } from './holding.js'
import { windowConfidence } from './window-confidence.js'

const SHARE = 0.25
const OF_AT_LEAST = 20
// Own: the share must fall by so much before a rise counts as another.
const FALLS_BY = 0.05
// Own: blinks are timed to a frame or two, and some people's are long.
const MOST_CONFIDENCE = 0.6

export function createLongBlinks(): RuleJudge {
  const holding = createHolding()
  return {
    step({ atMs, measures }) {
      const { blinks180, longBlinkShare, blinkMs } = measures
      const has = blinks180 !== null && blinks180 >= OF_AT_LEAST
      const share = longBlinkShare ?? 0
      const sinceMs = holding.step(atMs, has && share >= SHARE, has && share >= SHARE - FALLS_BY, blinks180 === null)
      if (sinceMs === null) return null
      const evidence = { longShare: share, blinks: blinks180 ?? 0, meanBlinkMs: blinkMs ?? 0 }
      return { rule: 'long-blinks', level: 1, startedMs: sinceMs, evidence, confidence: windowConfidence(MOST_CONFIDENCE, measures) }
    },
  }
}
