/** One observation → are the driver's eyes closed, open or unseen. */
import { isSeen, type Observation } from '../../observation.js'
import { ONE_EYE_CONFIDENCE } from '../policy.js'
import type { EyeThresholds } from './baseline/baseline.js'

/** `closed` 0..1 is the probability behind the state; `confidence` 0..1 how much the state can be trusted. */
export type EyesState = { state: 'closed' | 'open' | 'unseen'; closed: number; confidence: number }

const UNSEEN: EyesState = { state: 'unseen', closed: 0, confidence: 0 }

/**
 * Both eyes must be closed where both are seen; a single seen eye speaks for both, with less confidence.
 *
 * @param thresholds where "closed" begins for each eye of this driver
 * @param wasClosed true inside a closure: the threshold to leave it is lower (hysteresis)
 */
export function readEyes({ left, right }: Observation, thresholds: EyeThresholds, wasClosed: boolean): EyesState {
  const seesLeft = isSeen(left)
  const seesRight = isSeen(right)
  if (!seesLeft && !seesRight) return UNSEEN
  const edge = wasClosed ? 'leave' : 'enter'
  // The more open eye decides: if they disagree, they are not closed.
  const isClosed = (!seesLeft || left.closed >= thresholds.left[edge]) && (!seesRight || right.closed >= thresholds.right[edge])
  const closed = Math.min(seesLeft ? left.closed : 1, seesRight ? right.closed : 1)
  const certainty = isClosed ? closed : 1 - closed
  const confidence = seesLeft && seesRight ? certainty : Math.min(certainty, ONE_EYE_CONFIDENCE)
  return { state: isClosed ? 'closed' : 'open', closed, confidence }
}
