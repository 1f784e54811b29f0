/** When an episode is over: one answer for each kind, never by mere silence of the eyes. */
import { isSeen } from '../../observation.js'
import {
  ALARM_WITHOUT_VISION_MS,
  ANSWER_OPEN_MS,
  DEGRADED_CLEAR_MS,
  DISTRACTION_CLEAR_MS,
  HOLD_UNSEEN_MS,
  STANDSTILL_MS,
  WARN_WITHOUT_VISION_MS,
} from '../policy.js'
import type { Moment, Standing } from '../rule.js'
import type { Kind } from './kinds.js'

/** What is asked of an episode that stands. `foundMs`: when a rule of it last held, ms; `isAsleep`: drowsiness stands at level 2 or more. */
export type Asked = { standing: Standing; foundMs: number; moment: Moment; isAsleep: boolean }

/** The driver's answer: eyes seen open for long enough. */
const hasAnswered = ({ stretches }: Moment): boolean => stretches.openMs >= ANSWER_OPEN_MS

/**
 * Drowsiness is held until it is answered, and for at least that long after the last rise. Without an answer it ends only into "cannot see you":
 * after 120 s unseen; when the camera has died, levels 1 and 2 within 2 s, levels 3 and 4 after 10 s; or, of a driver out of sight, at standstill.
 * A slump that was there before the camera died goes on by its own clock, as a level 3 does.
 */
function isDrowsyOver({ standing, moment }: Asked): boolean {
  const { atMs, stretches, lost } = moment
  const { unseenMs, absentMs, standstillMs } = stretches
  if (hasAnswered(moment) && atMs - standing.sinceMs >= ANSWER_OPEN_MS) return true
  if (unseenMs >= HOLD_UNSEEN_MS) return true
  const isOutOfSight = standing.level >= 2 && unseenMs > 0
  if (isOutOfSight && unseenMs >= STANDSTILL_MS && standstillMs >= STANDSTILL_MS) return true
  return absentMs >= (standing.level <= 2 && lost?.isSlump !== true ? WARN_WITHOUT_VISION_MS : ALARM_WITHOUT_VISION_MS)
}

/** Looking ahead for a second; a face that is lost meanwhile is the affair of `eyes-not-seen`, which then takes over. */
function isDistractedOver({ foundMs, moment }: Asked): boolean {
  const { atMs, observation, stretches } = moment
  if (stretches.absentMs >= WARN_WITHOUT_VISION_MS || stretches.unseenMs >= ALARM_WITHOUT_VISION_MS) return true
  return atMs - foundMs >= DISTRACTION_CLEAR_MS && (isSeen(observation.left) || isSeen(observation.right))
}

/** A closed eye is a seen eye: a driver who is found again asleep ends the blindness at once. */
const isBlindOver = ({ moment, isAsleep }: Asked): boolean => hasAnswered(moment) || (moment.closures.seenClosed && isAsleep)

const isDegradedOver = ({ foundMs, moment }: Asked): boolean => moment.atMs - foundMs >= DEGRADED_CLEAR_MS

const isOver: Readonly<Record<Kind, (asked: Asked) => boolean>> = {
  drowsy: isDrowsyOver,
  distracted: isDistractedOver,
  blind: isBlindOver,
  degraded: isDegradedOver,
}

/** True when an episode of this kind is over as of this moment. */
export const isEpisodeOver = (kind: Kind, asked: Asked): boolean => isOver[kind](asked)
