/** One observation → are the driver's eyes closed, open or unseen. */
import { isSeen, type Observation } from '../../observation.js'
import { ONE_EYE_CONFIDENCE, OPEN_HYSTERESIS } from '../policy.js'

/** `closed` 0..1 is the probability behind the state; `confidence` 0..1 how much the state can be trusted. */
export type EyesState = { state: 'closed' | 'open' | 'unseen'; closed: number; confidence: number }

const UNSEEN: EyesState = { state: 'unseen', closed: 0, confidence: 0 }

/**
 * Both eyes must be closed where both are seen; a single seen eye speaks for both, with less confidence.
 *
 * @param closedAbove probability from which an eye is closed
 * @param wasClosed true inside a closure: the threshold to leave it is lower (hysteresis)
 */
export function readEyes(observation: Observation, closedAbove: number, wasClosed: boolean): EyesState {
  const seen = [observation.left, observation.right].filter(isSeen).map((eye) => eye.closed)
  if (seen.length === 0) return UNSEEN
  const threshold = wasClosed ? closedAbove - OPEN_HYSTERESIS : closedAbove
  // The more open eye decides: if they disagree, they are not closed.
  const closed = Math.min(...seen)
  const state = closed >= threshold ? 'closed' : 'open'
  const certainty = state === 'closed' ? closed : 1 - closed
  return { state, closed, confidence: seen.length === 1 ? Math.min(certainty, ONE_EYE_CONFIDENCE) : certainty }
}
