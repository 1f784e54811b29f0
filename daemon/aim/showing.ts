/** Puts together what the page is told: a picture with the observation of its frame, what was seen since the message before, advice. */
import type { Verdict } from '../judgement/index.js'
import { isSeen, type Observation } from '../observation.js'
import type { Picture } from '../picture.js'
import { advise } from './advice.js'
import type { Shown, Trace } from './messages.js'

// Own: long enough that a blink does not change the advice, short enough that a hand at the bracket sees what it does.
const ADVICE_MS = 2000
// Own: where no picture comes, the page must still see that the watch goes on.
const WITHOUT_PICTURE_MS = 500

export type Setting = { driverSide: Shown['driverSide']; closedAbove: number }

/** What differs from viewer to viewer's moment. */
type About = Pick<Shown, 'viewers' | 'endsInSeconds'>

export interface Showing {
  saw(observation: Observation, verdict: Verdict): void
  /** @returns the message that goes with a picture; null when its frame's observation is not known */
  withPicture(picture: Picture, about: About): Shown | null
  /** @returns a message without a picture, when none has come for half a second */
  withoutPicture(about: About): Shown | null
}

/** The eye that decides: the one that is less closed, as both must be for a closure. */
const closedOf = ({ left, right }: Observation): number | null => {
  const seen = [left, right].filter(isSeen).map(({ closed }) => closed)
  return seen.length === 0 ? null : Math.min(...seen)
}

export function createShowing(setting: Setting): Showing {
  let recent: Observation[] = []
  let traces: Trace[] = []
  let verdict: Verdict | null = null
  let size: { widthPx: number; heightPx: number } | null = null
  let toldMs = Number.NEGATIVE_INFINITY

  function message(observation: Observation, picture: Picture | null, judged: Verdict, about: About): Shown {
    const { perclos60, coverage, fps } = judged.measures
    const shown: Shown = {
      ...about,
      ...setting,
      observation,
      picture,
      eyes: judged.eyes,
      level: judged.level,
      traces,
      perclos60,
      coverage,
      fps,
      advice: advise({ observations: recent, size, driverSide: setting.driverSide, fps }),
    }
    traces = []
    toldMs = observation.at
    return shown
  }

  return {
    saw(observation, judged) {
      verdict = judged
      const fromMs = observation.at - ADVICE_MS
      recent = [...recent.filter(({ at }) => at > fromMs), observation]
      traces.push([observation.at, closedOf(observation), judged.eyes])
    },
    withPicture(picture, about) {
      size = { widthPx: picture.widthPx, heightPx: picture.heightPx }
      const observation = recent.find(({ frame, at }) => frame === picture.frame && at === picture.at)
      return observation === undefined || verdict === null ? null : message(observation, picture, verdict, about)
    },
    withoutPicture(about) {
      const newest = recent.at(-1)
      if (newest === undefined || verdict === null || newest.at - toldMs < WITHOUT_PICTURE_MS) return null
      return message(newest, null, verdict, about)
    },
  }
}
