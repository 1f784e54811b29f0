/**
 * The judgement: from the stream of observations to a level, and to the decisions that become events.
 * Pure: no clock, no I/O. Time is what the observations carry in `at`, and it never goes back.
 */
import { isCameraAbsent, type Observation } from '../observation.js'
import { createClosures } from './closure.js'
import type { Decision, Level, Rule } from './decision.js'
import { readEyes } from './eyes.js'
import { createIncident } from './incident.js'
import { createMeasures, type Measures } from './measures.js'
import type { Policy } from './policy.js'
import { hasAnswered, mayEnd } from './release.js'
import { createStretch } from './stretch.js'
import { sustainedClosure } from './sustained.js'
import { createVisibility } from './visibility.js'

/** What one observation came to. */
export type Verdict = {
  atMs: number
  eyes: 'closed' | 'open' | 'unseen'
  level: Level
  /** What the driver is to hear and see: the name of a pattern. */
  signal: 'clear' | 'notice' | 'warn' | 'alarm' | 'emergency' | 'cannot-see'
  /** How long the closure that runs has lasted, 0 without one. */
  closedMs: number
  measures: Measures
  decisions: readonly Decision[]
}

export interface Judgement {
  /** Judges one observation. Observations come in order of `at`; one that goes back in time is a fault of the caller and throws a RangeError. */
  observe(observation: Observation): Verdict
}

/** The rules that this version can raise. */
export const activeRules: readonly Rule[] = ['microsleep', 'sleep', 'eyes-not-seen', 'camera-unavailable']

const SIGNALS = ['clear', 'notice', 'warn', 'alarm', 'emergency'] as const

export function createJudgement(policy: Policy): Judgement {
  let incidents = 0
  const nextIncident = () => ++incidents
  const drowsy = createIncident(nextIncident)
  const blind = createIncident(nextIncident)
  const closures = createClosures()
  const visibility = createVisibility(policy)
  const measures = createMeasures()
  let lastMs = Number.NEGATIVE_INFINITY
  const open = createStretch()
  const unseen = createStretch()
  const absent = createStretch()

  function observe(observation: Observation): Verdict {
    const atMs = observation.at
    if (atMs < lastMs) throw new RangeError(`observation ${observation.frame} goes back in time: ${atMs} ms after ${lastMs} ms`)
    lastMs = atMs

    const eyes = readEyes(observation, policy.closedAbove, closures.isRunning())
    const { running, seenClosed, ended } = closures.step(atMs, eyes)
    const measured = measures.step(atMs, eyes, running, ended)
    const stretches = {
      openMs: open.step(atMs, eyes.state === 'open'),
      unseenMs: unseen.step(atMs, eyes.state === 'unseen'),
      absentMs: absent.step(atMs, isCameraAbsent(observation)),
    }

    const decisions: Decision[] = []
    const keep = (decision: Decision | null) => {
      if (decision !== null) decisions.push(decision)
    }

    const asleep = running !== null && seenClosed ? sustainedClosure(running, policy) : null
    if (asleep !== null) keep(drowsy.rise(asleep, atMs, measured.coverage))
    if (mayEnd(drowsy.level, stretches)) keep(drowsy.end(atMs, measured.coverage))

    const blindness = visibility.step(observation, stretches)
    if (blindness !== null) keep(blind.rise(blindness, atMs, measured.coverage))
    // A closed eye is a seen eye: a driver who is found again asleep ends the blindness at once.
    if (hasAnswered(stretches) || asleep !== null) keep(blind.end(atMs, measured.coverage))

    // A drowsy episode stands at level 2 or more, blindness at 1: the first that is open leads.
    const leading = drowsy.level > 0 ? drowsy : blind
    const signal = leading === blind && blind.level > 0 ? 'cannot-see' : SIGNALS[leading.level]
    return { atMs, eyes: eyes.state, level: leading.level, signal, closedMs: running?.closedMs ?? 0, measures: measured, decisions }
  }

  return { observe }
}
