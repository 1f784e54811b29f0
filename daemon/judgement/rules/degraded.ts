/**
 * The rule `degraded`: the driver can be judged less well than usual, and why; level 1. What still works goes on: behind dark glasses the head's pose, of a
 * covered eye the other one, at few frames a second all that counts long closures. Source: Euro NCAP: told within 10 s.
 *
 * That the baselines are still being learned is no such state: it holds for the first minute of every drive, and a driver who hears a sound at each start
 * stops listening. It stands in the measures (`calibrating`, `ahead`) and in the evidence of what is found meanwhile.
 */
import type { Observation, Reason } from '../../observation.js'
import { BLIND_STEP_MS } from '../policy.js'
import type { RuleJudge } from '../rule.js'
import { createTally, type Tally } from '../signs/tally.js'
import { createHolding } from './holding.js'

// Design, last row: under 8 frames a second the state is degraded. Own: over when it is above 9.
const MIN_FPS = 8
const ENOUGH_FPS = 9
// Own: with the 5 s over which the rate is taken, a pause of a second is none, and it is told within 10 s.
const SLOW_FOR_MS = 3000

// Own: half of the last 10 s, so that it is told 5 s after an eye was lost for good; over below a third.
const WINDOW_MS = 10_000
const BEGINS_MS = 5000
const HOLDS_MS = 3300

/** What takes an eye from a face that is found. A face that is not found is the affair of `eyes-not-seen`. */
const causes = ['dark-glasses', 'too-bright', 'too-dark', 'blurred', 'covered', 'too-small'] as const
type Cause = (typeof causes)[number]

/** The `reason` in its evidence. */
export const degradedReasons = [...causes, 'few-frames'] as const
type DegradedReason = (typeof degradedReasons)[number]

const hinders = ({ face, unseen }: Observation, cause: Reason): boolean =>
  face !== null && (unseen.left === cause || unseen.right === cause)

export function createDegraded(): RuleJudge {
  const hindered: Readonly<Record<Cause, Tally>> = {
    'dark-glasses': createTally(WINDOW_MS, 250),
    'too-bright': createTally(WINDOW_MS, 250),
    'too-dark': createTally(WINDOW_MS, 250),
    blurred: createTally(WINDOW_MS, 250),
    covered: createTally(WINDOW_MS, 250),
    'too-small': createTally(WINDOW_MS, 250),
  }
  const slow = createHolding()
  const dim = createHolding()
  let lastMs: number | null = null

  /** The cause of most of the lost sight, with its ms of the last 10 s. */
  function worst(observation: Observation): { cause: Cause; lostMs: number } {
    const { at } = observation
    let found: { cause: Cause; lostMs: number } = { cause: causes[0], lostMs: 0 }
    for (const cause of causes) {
      if (lastMs !== null && at - lastMs <= BLIND_STEP_MS && hinders(observation, cause)) hindered[cause].span(lastMs, at)
      const lostMs = hindered[cause].within(at)
      if (lostMs > found.lostMs) found = { cause, lostMs }
    }
    return found
  }

  return {
    step({ atMs, observation, measures: { fps } }) {
      const { cause, lostMs } = worst(observation)
      lastMs = atMs
      const slowMs = slow.step(atMs, fps !== null && fps < MIN_FPS, fps !== null && fps < ENOUGH_FPS)
      const dimMs = dim.step(atMs, lostMs >= BEGINS_MS, lostMs >= HOLDS_MS)
      const common = { rule: 'degraded', level: 1, confidence: 1 } as const
      // Found only while it is so: the episode itself goes on for some seconds more.
      if (dimMs !== null && hinders(observation, cause)) {
        return {
          ...common,
          startedMs: dimMs,
          evidence: { reason: cause satisfies DegradedReason, lostMs: Math.round(lostMs), windowMs: WINDOW_MS },
        }
      }
      if (slowMs !== null && atMs - slowMs >= SLOW_FOR_MS) {
        return { ...common, startedMs: slowMs, evidence: { reason: 'few-frames' satisfies DegradedReason, fps: fps ?? 0 } }
      }
      return null
    },
  }
}
