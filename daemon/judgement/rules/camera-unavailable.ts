/** The rule `camera-unavailable`: there is nothing to see with, level 1. Source: Euro NCAP: told within 10 s. */
import { CAMERA_ABSENT_MS } from '../policy.js'
import type { RuleJudge } from '../rule.js'

export const createCameraUnavailable = (): RuleJudge => ({
  step({ atMs, stretches: { absentMs } }) {
    if (absentMs < CAMERA_ABSENT_MS) return null
    const evidence = { reason: 'no-camera', absentMs: Math.round(absentMs) }
    return { rule: 'camera-unavailable', level: 1, startedMs: atMs - absentMs, evidence, confidence: 1 }
  },
})
