/** The rule `perclos`: the share of time with eyes closed; level 1, then 2. */
import type { Level } from '../decision.js'
import { PERCLOS_LONG_WINDOW_MS, PERCLOS_WINDOW_MS } from '../policy.js'
import type { RuleJudge } from '../rule.js'
import type { Measures } from '../signs/measures.js'
import { createHolding } from './holding.js'
import { windowConfidence } from './window-confidence.js'

// Field trial DOT HS 811 117 (8 % / 12 %, over 60 s); Wierwille 1994 (7.5 % / 15 %); Dinges & Grace 1998. Over 180 s, which has more to go by: 9 % / 12 %.
const NOTICE = { perclos60: 0.08, perclos180: 0.09 }
const WARN = { perclos60: 0.12, perclos180: 0.12 }
// Own: the figure must fall by so much before a rise counts as another.
const FALLS_BY = 0.02
// Own: a share tells the state of the last minutes, not of this moment.
const MOST_CONFIDENCE = 0.8

type Limits = typeof NOTICE

const reaches = ({ perclos60, perclos180 }: Measures, limits: Limits, less: number): boolean =>
  (perclos60 ?? 0) >= limits.perclos60 - less || (perclos180 ?? 0) >= limits.perclos180 - less

const rounded = (share: number): number => Math.round(share * 1000) / 1000

/** The figure that is nearer to its limit, with its window. */
function telling({ perclos60, perclos180 }: Measures): { perclos: number; windowMs: number } {
  const [short, long] = [perclos60 ?? 0, perclos180 ?? 0]
  return short / NOTICE.perclos60 >= long / NOTICE.perclos180
    ? { perclos: rounded(short), windowMs: PERCLOS_WINDOW_MS }
    : { perclos: rounded(long), windowMs: PERCLOS_LONG_WINDOW_MS }
}

export function createPerclosRule(): RuleJudge {
  const notice = createHolding()
  const warn = createHolding()
  return {
    step({ atMs, eyes, measures }) {
      // While nothing is seen the seen time alone shrinks: a share that rises by it says nothing new of the driver.
      const isSeen = eyes.state !== 'unseen'
      const isWithheld = measures.perclos60 === null && measures.perclos180 === null
      const noticedMs = notice.step(atMs, isSeen && reaches(measures, NOTICE, 0), reaches(measures, NOTICE, FALLS_BY), isWithheld)
      const warnedMs = warn.step(atMs, isSeen && reaches(measures, WARN, 0), reaches(measures, WARN, FALLS_BY), isWithheld)
      if (noticedMs === null) return null
      const level: Level = warnedMs === null ? 1 : 2
      const { closureMs, blinksRarely, nods60 } = measures
      const evidence = {
        ...telling(measures),
        ...(closureMs === null ? {} : { meanClosureMs: closureMs }),
        ...(blinksRarely === true ? { blinks: 'rare' } : {}),
        ...(nods60 > 0 ? { nods: nods60 } : {}),
      }
      const confidence = windowConfidence(MOST_CONFIDENCE, measures)
      return { rule: 'perclos', level, startedMs: noticedMs, evidence, confidence }
    },
  }
}
