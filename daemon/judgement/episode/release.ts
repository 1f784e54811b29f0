/** When an episode of drowsiness is over: never by mere silence of the eyes. */
import type { Level } from '../decision.js'
import { ALARM_WITHOUT_VISION_MS, ANSWER_OPEN_MS, HOLD_UNSEEN_MS, WARN_WITHOUT_VISION_MS } from '../policy.js'
import type { Stretches } from '../signs/stretches.js'

/** The driver's answer: eyes seen open for long enough. */
export const hasAnswered = ({ openMs }: Stretches): boolean => openMs >= ANSWER_OPEN_MS

/**
 * @param level the level that stands
 * @returns true when the driver has answered, when there was nothing to see for so long that "cannot see you" must take over,
 *   or when vision is dead for longer than a level may be held without it
 */
export function mayEnd(level: Level, stretches: Stretches): boolean {
  const { unseenMs, absentMs } = stretches
  if (hasAnswered(stretches) || unseenMs >= HOLD_UNSEEN_MS) return true
  return absentMs >= (level <= 2 ? WARN_WITHOUT_VISION_MS : ALARM_WITHOUT_VISION_MS)
}
