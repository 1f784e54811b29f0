/**
 * The rule `camera-unavailable`: there is nothing to see with, level 1. Source: Euro NCAP: told within 10 s.
 * At once where a warning stands: it is about to stop for want of sight, and must become "cannot see you", never silence (an alarm, or a slump, holds for longer than this).
 */
import { CAMERA_ABSENT_MS, WARN_WITHOUT_VISION_MS } from '../policy.js'
import type { RuleJudge } from '../rule.js'

export const createCameraUnavailable = (): RuleJudge => ({
  step({ atMs, standing, lost, stretches: { absentMs } }) {
    const isAboutToStop = standing?.level === 2 && lost?.isSlump !== true
    if (absentMs < (isAboutToStop ? WARN_WITHOUT_VISION_MS : CAMERA_ABSENT_MS)) return null
    const evidence = { reason: 'no-camera', absentMs: Math.round(absentMs) }
    return { rule: 'camera-unavailable', level: 1, startedMs: atMs - absentMs, evidence, confidence: 1 }
  },
})
