/** For how long the eyes have been seen open: the driver's answer. */
import { BLIND_STEP_MS, BRIDGED_UNSEEN_MS } from '../policy.js'
import type { EyesState } from './eyes.js'

/**
 * One `step` an observation: for how many ms, up to this observation, the eyes have been seen open; 0 while they are not.
 * Like a closure, it bridges unseen time of at most 0.3 s, or one observation, with open on both sides.
 */
export function createOpenStretch(): { step(atMs: number, state: EyesState['state']): number } {
  let sinceMs: number | null = null
  let lastOpenMs = 0
  let unseen = 0

  return {
    step(atMs, state) {
      unseen = state === 'unseen' ? unseen + 1 : 0
      const isBridged = atMs - lastOpenMs <= (unseen > 1 ? BRIDGED_UNSEEN_MS : BLIND_STEP_MS)
      if (state === 'closed' || !isBridged) sinceMs = null
      if (state !== 'open') return 0
      sinceMs ??= atMs
      lastOpenMs = atMs
      return atMs - sinceMs
    },
  }
}
