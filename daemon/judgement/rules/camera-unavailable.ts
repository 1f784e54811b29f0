/**
 * The rule `camera-unavailable`: there is nothing to see with, level 1. Source: Euro NCAP: told within 10 s.
 * At once where a warning or an alarm stands: it is about to stop for want of sight, and must become "cannot see you", never silence.
 */
import { CAMERA_ABSENT_MS, WARN_WITHOUT_VISION_MS } from '../policy.js'
import type { RuleJudge } from '../rule.js'

export const createCameraUnavailable = (): RuleJudge => ({
  step({ atMs, standing, stretches: { absentMs } }) {
    if (absentMs < (standing === null || standing.level < 2 ? CAMERA_ABSENT_MS : WARN_WITHOUT_VISION_MS)) return null
    const evidence = { reason: 'no-camera', absentMs: Math.round(absentMs) }
    return { rule: 'camera-unavailable', level: 1, startedMs: atMs - absentMs, evidence, confidence: 1 }
  },
})
