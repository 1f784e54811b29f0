/** For how long the eyes have been seen open: the driver's answer. */
import { BLIND_STEP_MS, BRIDGED_UNSEEN_MS } from '../policy.js'
import type { EyesState } from './eyes.js'

// Own: from open to open again: a lid takes longer to close and open (Caffier 2003: blinks last 0.05–0.5 s, most 0.2 s); a frame on either side of one that was misread, at 15 a second.
const MISREAD_MS = 140

/**
 * One `step` an observation: for how many ms, up to this observation, the eyes have been seen open; 0 while they are not.
 * Like a closure, it bridges unseen time of at most 0.3 s, or one observation, with open on both sides; and a single closed one that is shorter than a blink
 * can be.
 */
export function createOpenStretch(): { step(atMs: number, state: EyesState['state']): number } {
  let sinceMs: number | null = null
  let lastOpenMs = 0
  let unseen = 0
  let closed = 0
  let lastWasClosed = false

  return {
    step(atMs, state) {
      unseen = state === 'unseen' ? unseen + 1 : 0
      const isBridged = atMs - lastOpenMs <= (unseen > 1 ? BRIDGED_UNSEEN_MS : BLIND_STEP_MS)
      closed = state === 'closed' ? closed + 1 : 0
      if (closed > 1 || !isBridged || (lastWasClosed && atMs - lastOpenMs > MISREAD_MS)) sinceMs = null
      lastWasClosed = state === 'closed'
      if (state !== 'open') return 0
      sinceMs ??= atMs
      lastOpenMs = atMs
      return atMs - sinceMs
    },
  }
}
