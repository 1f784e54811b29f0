/**
 * The rule `unresponsive`, level 4: closed or slumped for 6 s, or no answer within 3 s after a sleep alarm. Source: Euro NCAP, unresponsive driver.
 * An answer is eyes seen open for 1 s, or the button; one begun in time may be completed. Looking away never raises it.
 */
import { isTurnedAway } from '../../observation.js'
import type { Finding } from '../decision.js'
import { ANSWER_WITHIN_MS, UNRESPONSIVE_MS } from '../policy.js'
import type { Moment, RuleJudge } from '../rule.js'
import { closedFor } from './closed-for.js'

type Found = Omit<Finding, 'rule' | 'level'>

function slumped({ lost, eyes }: Moment): Found | null {
  // A head that fell without a closure before is first called (level 3), then unanswered.
  if (lost === null || !lost.isSlump || lost.isAway || lost.after === 'nod') return null
  if (eyes.state === 'open' || lost.clockMs < UNRESPONSIVE_MS) return null
  const { startedMs, clockMs, confidence, after } = lost
  return { startedMs, confidence, evidence: { cause: 'slumped', slumpedMs: Math.round(clockMs), after } }
}

function closed({ closures }: Moment): Found | null {
  const found = closedFor(UNRESPONSIVE_MS, closures)
  return found && { ...found, evidence: { cause: 'closed', ...found.evidence } }
}

/** True for an alarm that calls the driver: eyes long closed, or a head that fell; not for one who merely turned away. */
const isCall = ({ standing, lost }: Moment): boolean =>
  standing !== null && standing.level >= 3 && (standing.rule === 'sleep' || (standing.rule === 'slump' && lost?.after === 'nod'))

export function createUnresponsive(): RuleJudge {
  let called: { atMs: number; isAnswered: boolean } | null = null

  function unanswered(moment: Moment): Found | null {
    const { atMs, observation, eyes, inputs, standing, stretches } = moment
    if (standing === null) called = null
    else if (isCall(moment)) called ??= { atMs: standing.sinceMs, isAnswered: false }
    if (called === null) return null
    // The button is an answer within its time; pressed later it does not take the level back.
    called.isAnswered ||= inputs.acknowledged
    const unansweredMs = atMs - called.atMs
    // While there is no camera no answer can be seen, and eyes that are open now may yet complete one; who looks aside is not asked.
    const isLooking = eyes.state === 'open' || (eyes.state === 'unseen' && isTurnedAway(observation))
    if (called.isAnswered || unansweredMs < ANSWER_WITHIN_MS || isLooking || stretches.absentMs > 0) return null
    const evidence = { cause: 'no-answer', unansweredMs: Math.round(unansweredMs) }
    return { startedMs: called.atMs, confidence: eyes.state === 'closed' ? eyes.confidence : 0.5, evidence }
  }

  return {
    step(moment) {
      // Always asked, since it remembers.
      const silent = unanswered(moment)
      const found = closed(moment) ?? slumped(moment) ?? silent
      return found && { rule: 'unresponsive', level: 4, ...found }
    },
  }
}
