/**
 * The rule `camera-unavailable`: there is nothing to see with, level 1. Source: Euro NCAP: told within 10 s.
 * At once where a warning stands: it is about to stop for want of sight, and must become "cannot see you", never silence (an alarm, or a slump, holds for longer than this).
 */
import { isCameraAbsent } from '../../observation.js'
import { ANSWER_OPEN_MS, BLIND_STEP_MS, CAMERA_ABSENT_MS, WARN_WITHOUT_VISION_MS } from '../policy.js'
import type { RuleJudge } from '../rule.js'
import { createTally } from '../signs/tally.js'
import { createHolding } from './holding.js'

// Own: a camera that comes and goes is none either: gone for 5 s of the last 10.
const WINDOW_MS = 10_000

export function createCameraUnavailable(): RuleJudge {
  let absentTime = createTally(WINDOW_MS, 250)
  const flapping = createHolding()
  let lastMs = 0

  return {
    step({ atMs, observation, standing, lost, stretches: { openMs, absentMs } }) {
      const isAbsent = isCameraAbsent(observation)
      const stepMs = atMs - lastMs
      lastMs = atMs
      // An observation stands for the time since the one before it; the first of a loss only begins it.
      if (isAbsent && stepMs <= BLIND_STEP_MS) absentTime.span(atMs - stepMs, atMs)
      // The driver is back: what was lost before does not count on.
      if (openMs >= ANSWER_OPEN_MS && absentTime.within(atMs) > 0) absentTime = createTally(WINDOW_MS, 250)
      const lostMs = Math.max(0, absentTime.within(atMs) - stepMs)
      const sinceMs = flapping.step(atMs, isAbsent && lostMs >= CAMERA_ABSENT_MS, lostMs > 0)
      const common = { rule: 'camera-unavailable', level: 1, confidence: 1 } as const
      const isAboutToStop = standing?.level === 2 && lost?.isSlump !== true
      if (absentMs >= (isAboutToStop ? WARN_WITHOUT_VISION_MS : CAMERA_ABSENT_MS)) {
        return { ...common, startedMs: atMs - absentMs, evidence: { reason: 'no-camera', absentMs: Math.round(absentMs) } }
      }
      if (!isAbsent || sinceMs === null) return null
      return { ...common, startedMs: sinceMs, evidence: { reason: 'no-camera', absentMs: Math.round(lostMs), windowMs: WINDOW_MS } }
    },
  }
}
