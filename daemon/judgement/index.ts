/**
 * The judgement: from the stream of observations to a level, and to the decisions that become events.
 * Pure: no clock, no I/O. Time is what the observations carry in `at`, and it never goes back.
 */
import type { Observation } from '../observation.js'
import type { Signal } from '../signal.js'
import { type Decision, type Level, type Rule, rules } from './decision.js'
import { createEpisode } from './episode/episode.js'
import { type Kind, kindOf, kinds } from './episode/kinds.js'
import { isEpisodeOver } from './episode/release.js'
import { leading } from './episode/signal.js'
import type { Policy } from './policy.js'
import { type Inputs, type Moment, NO_INPUTS, type RuleJudge } from './rule.js'
import { createCameraUnavailable } from './rules/camera-unavailable.js'
import { createDegraded } from './rules/degraded.js'
import { createDistraction } from './rules/distraction.js'
import { createEyesNotSeen } from './rules/eyes-not-seen.js'
import { createLongBlinks } from './rules/long-blinks.js'
import { createMicrosleep } from './rules/microsleep.js'
import { createPerclosRule } from './rules/perclos.js'
import { createSleep } from './rules/sleep.js'
import { createSlowClosures } from './rules/slow-closures.js'
import { createSlump } from './rules/slump.js'
import { createUnresponsive } from './rules/unresponsive.js'
import { createAhead } from './signs/ahead.js'
import { createAway } from './signs/away.js'
import { createBaseline } from './signs/baseline/baseline.js'
import type { Memory } from './signs/baseline/slots.js'
import { createClosures } from './signs/closure.js'
import { createDriverChange } from './signs/driver-change.js'
import { readEyes } from './signs/eyes.js'
import { createLostSight } from './signs/lost-sight.js'
import { createMeasures, type Measures } from './signs/measures.js'
import { createStretches } from './signs/stretches.js'

/** What one observation came to. */
export type Verdict = {
  atMs: number
  eyes: 'closed' | 'open' | 'unseen'
  level: Level
  /** What the driver is to hear and see: the name of a pattern. */
  signal: Signal
  /** How long the closure that runs has lasted, 0 without one. */
  closedMs: number
  measures: Measures
  decisions: readonly Decision[]
}

export interface Judgement {
  /** Judges one observation. Observations come in order of `at`; one that goes back in time is a fault of the caller and throws a RangeError, one of the same time is the same one again. */
  observe(observation: Observation, inputs?: Inputs): Verdict
  /** The watch ends: every episode that stands is over, as of the last observation; its decision says so. */
  finish(): readonly Decision[]
  /** Goes by another policy from now on. What stands, what was measured and the driver's baseline stay; the rules look anew. */
  adopt(policy: Policy): void
  /** What is known of the driver's eyes, to be kept for the next start; null before the first minute. The same object while nothing changes. */
  readonly memory: Memory | null
}

/** Every rule, the more urgent before the less: of what is found on one observation the first is told. */
const list: readonly (readonly [Rule, (policy: Policy) => RuleJudge])[] = [
  ['unresponsive', createUnresponsive],
  ['sleep', createSleep],
  ['slump', createSlump],
  ['microsleep', createMicrosleep],
  ['perclos', createPerclosRule],
  ['slow-closures', createSlowClosures],
  ['long-blinks', createLongBlinks],
  ['distraction', createDistraction],
  ['camera-unavailable', createCameraUnavailable],
  ['eyes-not-seen', createEyesNotSeen],
  ['degraded', createDegraded],
]

/** The rules that this version can raise. */
export const activeRules: readonly Rule[] = rules.filter((rule) => list.some(([active]) => active === rule))

/**
 * @param policy what the configuration sets
 * @param memory what an earlier start kept: a first guess, until a minute of open eyes has been seen
 * @returns a judgement of its own: nothing is shared between two
 */
export function createJudgement(policy: Policy, memory: Memory | null = null): Judgement {
  let { acknowledgeMs } = policy
  let incidents = 0
  const nextIncident = () => ++incidents
  const episode = (kind: Kind) => createEpisode({ kind, acknowledgeMs: () => acknowledgeMs, nextIncident })
  const episodes = { drowsy: episode('drowsy'), distracted: episode('distracted'), blind: episode('blind'), degraded: episode('degraded') }
  let judges = list.map(([, create]) => create(policy))
  const driverChange = createDriverChange()
  const baseline = createBaseline(policy.closedAbove, memory)
  const closures = createClosures()
  const stretches = createStretches()
  const lostSight = createLostSight()
  const measures = createMeasures()
  const heading = createAhead()
  const looks = createAway()
  let lastMs = Number.NEGATIVE_INFINITY
  let last: Verdict | null = null
  let lastMoment: Moment | null = null
  let pressed = false

  function perceive(observation: Observation, inputs: Inputs): Moment {
    const atMs = observation.at
    const isNewDriver = driverChange.step(observation)
    const eyes = readEyes(observation, baseline.step(observation, isNewDriver), closures.isLatched(atMs))
    const ahead = heading.step(observation, eyes.state === 'closed', inputs.speedKmh, isNewDriver)
    const known = { calibrating: baseline.isCalibrating, openLevel: baseline.openLevel, ahead, revision: baseline.revision }
    const closure = closures.step(atMs, eyes)
    const held = stretches.step(observation, eyes, inputs.speedKmh)
    const { standing } = episodes.drowsy
    return {
      atMs,
      observation,
      inputs,
      eyes,
      closures: closure,
      stretches: held,
      measures: measures.step(observation, eyes, closure, known),
      lost: lostSight.step({ observation, eyes, closures: closure, stretches: held, isWarned: episodes.drowsy.level >= 2 }),
      standing,
      ahead,
      away: looks.step(observation, ahead, closure),
    }
  }

  /** What the rules find rises, then what is over ends: a decision for each change. */
  function decide(moment: Moment): Decision[] {
    const decisions: Decision[] = []
    const keep = (decision: Decision | null) => {
      if (decision !== null) decisions.push(decision)
    }
    // Pressed while an alarm sounds, the button answers that alone: what comes to light beneath it must still be heard.
    const isAlarm = episodes.drowsy.level > 2
    for (const kind of kinds) episodes[kind].begin(moment.inputs, moment.atMs, !isAlarm)
    for (const judge of judges) {
      const finding = judge.step(moment)
      if (finding !== null) keep(episodes[kindOf(finding.rule)].rise(finding, moment))
    }
    const isAsleep = episodes.drowsy.level >= 2
    for (const kind of kinds) {
      const { standing, foundMs } = episodes[kind]
      if (standing !== null && foundMs !== null && isEpisodeOver(kind, { standing, foundMs, moment, isAsleep }))
        keep(episodes[kind].end(moment))
    }
    return decisions
  }

  function observe(observation: Observation, inputs: Inputs = NO_INPUTS): Verdict {
    if (observation.at < lastMs) {
      throw new RangeError(`observation ${observation.frame} goes back in time: ${observation.at} ms after ${lastMs} ms`)
    }
    // One that comes twice says nothing new; what the vehicle told with it is not lost.
    if (observation.at === lastMs && last !== null) {
      pressed ||= inputs.acknowledged
      return { ...last, decisions: [] }
    }
    lastMs = observation.at
    const moment = perceive(observation, { ...inputs, acknowledged: inputs.acknowledged || pressed })
    pressed = false
    lastMoment = moment
    const { atMs, eyes, closures: closure, measures: measured } = moment
    const decisions = decide(moment)
    const { level, signal } = leading(episodes, atMs)
    last = { atMs, eyes: eyes.state, level, signal, closedMs: closure.running?.closedMs ?? 0, measures: measured, decisions }
    return last
  }

  function finish(): readonly Decision[] {
    if (lastMoment === null) return []
    const moment = lastMoment
    return kinds.flatMap((kind) => episodes[kind].end(moment, 'stop') ?? [])
  }

  return {
    observe,
    finish,
    adopt(next) {
      acknowledgeMs = next.acknowledgeMs
      judges = list.map(([, create]) => create(next))
      baseline.adopt(next.closedAbove)
    },
    get memory() {
      return baseline.memory
    },
  }
}
