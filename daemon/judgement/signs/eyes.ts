/** One observation → are the driver's eyes closed, open or unseen. */
import { isSeen, type Observation } from '../../observation.js'
import { ONE_EYE_CONFIDENCE } from '../policy.js'
import type { EyeThresholds } from './baseline/baseline.js'

/**
 * `isShut`: closed by the threshold to enter; without it, closed eyes only have not left yet. `closed` 0..1 is the probability behind the state;
 * `confidence` 0..1 how much the state can be trusted. `isOneEye`: the other was not seen.
 */
export type EyesState = { state: 'closed' | 'open' | 'unseen'; isShut: boolean; closed: number; confidence: number; isOneEye: boolean }

const UNSEEN: EyesState = { state: 'unseen', isShut: false, closed: 0, confidence: 0, isOneEye: false }

/**
 * Both eyes must be closed where both are seen; a single seen eye speaks for both, with less confidence.
 *
 * @param thresholds where "closed" begins for each eye of this driver
 * @param isLatched true inside a closure: the threshold to leave it is lower (hysteresis)
 */
export function readEyes({ left, right }: Observation, thresholds: EyeThresholds, isLatched: boolean): EyesState {
  const seesLeft = isSeen(left)
  const seesRight = isSeen(right)
  if (!seesLeft && !seesRight) return UNSEEN
  // The more open eye decides: if they disagree, they are not closed.
  const isPast = (edge: 'enter' | 'leave') =>
    (!seesLeft || left.closed >= thresholds.left[edge]) && (!seesRight || right.closed >= thresholds.right[edge])
  const isShut = isPast('enter')
  const isClosed = isShut || (isLatched && isPast('leave'))
  const closed = Math.min(seesLeft ? left.closed : 1, seesRight ? right.closed : 1)
  const certainty = isClosed ? closed : 1 - closed
  const isOneEye = !(seesLeft && seesRight)
  const confidence = isOneEye ? Math.min(certainty, ONE_EYE_CONFIDENCE) : certainty
  return { state: isClosed ? 'closed' : 'open', isShut, closed, confidence, isOneEye }
}
