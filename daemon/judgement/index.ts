/**
 * The judgement: from the stream of observations to a level, and to the decisions that become events.
 * Pure: no clock, no I/O. Time is what the observations carry in `at`, and it never goes back.
 */
import type { Observation } from '../observation.js'
import { type Decision, type Level, type Rule, rules } from './decision.js'
import { createIncident } from './episode/incident.js'
import { kindOf } from './episode/kinds.js'
import { hasAnswered, mayEnd } from './episode/release.js'
import type { Policy } from './policy.js'
import { type Inputs, type Moment, NO_INPUTS, type RuleJudge } from './rule.js'
import { createCameraUnavailable } from './rules/camera-unavailable.js'
import { createEyesNotSeen } from './rules/eyes-not-seen.js'
import { createMicrosleep } from './rules/microsleep.js'
import { createSleep } from './rules/sleep.js'
import { createBaseline } from './signs/baseline/baseline.js'
import type { Memory } from './signs/baseline/slots.js'
import { createClosures } from './signs/closure.js'
import { createDriverChange } from './signs/driver-change.js'
import { readEyes } from './signs/eyes.js'
import { createMeasures, type Measures } from './signs/measures.js'
import { createStretches } from './signs/stretches.js'

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
  observe(observation: Observation, inputs?: Inputs): Verdict
  /** What is known of the driver's eyes, to be kept for the next start; null before the first minute. The same object while nothing changes. */
  readonly memory: Memory | null
}

/** Every rule, the more urgent before the less: of what is found on one observation the first is told. */
const list: readonly (readonly [Rule, (policy: Policy) => RuleJudge])[] = [
  ['sleep', createSleep],
  ['microsleep', createMicrosleep],
  ['camera-unavailable', createCameraUnavailable],
  ['eyes-not-seen', createEyesNotSeen],
]

/** The rules that this version can raise. */
export const activeRules: readonly Rule[] = rules.filter((rule) => list.some(([active]) => active === rule))

const SIGNALS = ['clear', 'notice', 'warn', 'alarm', 'emergency'] as const

/** @param memory what an earlier start kept: a first guess, until a minute of open eyes has been seen */
export function createJudgement(policy: Policy, memory: Memory | null = null): Judgement {
  let incidents = 0
  const nextIncident = () => ++incidents
  const drowsy = createIncident(nextIncident)
  const blind = createIncident(nextIncident)
  const judges = list.map(([, create]) => create(policy))
  const driverChange = createDriverChange()
  const baseline = createBaseline(policy.closedAbove, memory)
  const closures = createClosures()
  const stretches = createStretches()
  const measures = createMeasures()
  let lastMs = Number.NEGATIVE_INFINITY

  function perceive(observation: Observation, inputs: Inputs): Moment {
    const atMs = observation.at
    const isNewDriver = driverChange.step(observation)
    const eyes = readEyes(observation, baseline.step(observation, isNewDriver), closures.isRunning())
    const known = { calibrating: baseline.isCalibrating, openLevel: baseline.openLevel }
    const closure = closures.step(atMs, eyes)
    return {
      atMs,
      observation,
      inputs,
      eyes,
      closures: closure,
      stretches: stretches.step(observation, eyes),
      measures: measures.step(observation, eyes, closure, known),
      standing: drowsy.standing,
    }
  }

  function observe(observation: Observation, inputs: Inputs = NO_INPUTS): Verdict {
    if (observation.at < lastMs) {
      throw new RangeError(`observation ${observation.frame} goes back in time: ${observation.at} ms after ${lastMs} ms`)
    }
    lastMs = observation.at
    const moment = perceive(observation, inputs)
    const { atMs, measures: measured, stretches: held } = moment

    const decisions: Decision[] = []
    const keep = (decision: Decision | null) => {
      if (decision !== null) decisions.push(decision)
    }
    const findings = judges.flatMap((judge) => judge.step(moment) ?? [])
    const isAsleep = findings.some(({ rule, level }) => kindOf(rule) === 'drowsy' && level >= 2)
    for (const finding of findings) {
      const incident = kindOf(finding.rule) === 'drowsy' ? drowsy : blind
      keep(incident.rise(finding, atMs, measured.coverage))
    }
    if (mayEnd(drowsy.level, held)) keep(drowsy.end(atMs, measured.coverage))
    // A closed eye is a seen eye: a driver who is found again asleep ends the blindness at once.
    if (hasAnswered(held) || isAsleep) keep(blind.end(atMs, measured.coverage))

    // A drowsy episode stands at level 2 or more, blindness at 1: the first that is open leads.
    const leading = drowsy.level > 0 ? drowsy : blind
    const signal = leading === blind && blind.level > 0 ? 'cannot-see' : SIGNALS[leading.level]
    const closedMs = moment.closures.running?.closedMs ?? 0
    return { atMs, eyes: moment.eyes.state, level: leading.level, signal, closedMs, measures: measured, decisions }
  }

  return {
    observe,
    get memory() {
      return baseline.memory
    },
  }
}
