/** The way of one observation: judged with what the vehicle tells, then the outputs, then everything that may wait. */
import type { Alarm } from '../alarm/index.js'
import type { Clock } from '../fleet/clock.js'
import type { Fleet } from '../fleet/index.js'
import type { Event } from '../fleet/payloads/event.js'
import { eventSentence } from '../fleet/sentences.js'
import type { Metrics } from '../health/metrics.js'
import type { Watchdog } from '../health/watchdog.js'
import type { VehicleInputs } from '../inputs/index.js'
import type { Decision } from '../judgement/decision.js'
import type { Judgement, Verdict } from '../judgement/index.js'
import type { Inputs } from '../judgement/rule.js'
import type { Logger } from '../log.js'
import { isCameraAbsent, type Observation } from '../observation.js'
import type { Recorder } from '../recording/recorder.js'
import type { Moment } from './moment.js'

export type ObservingParts = {
  judgement: Judgement
  inputs: VehicleInputs
  alarm: Alarm
  metrics: Metrics
  watchdog: Watchdog
  fleet: Fleet
  recorder: Recorder | null
  moment: Moment
  clock: Clock
  log: Logger
  /** Why there are no eyes where there are none, as a code. */
  absence(): string
}

/** What an observation came to, for those who follow it. */
export type Observed = {
  observation: Observation
  verdict: Verdict
  nowMs: number
  /** What the vehicle told. */
  told: Inputs
  events: readonly Event[]
}

export interface Observing {
  /** What the vision host calls with each observation. */
  observe(observation: Observation): void
  /** No more will come: what stands is told as over, so that no incident stays open at the fleet. */
  finish(): void
}

/** @param after what follows when all is done for an observation */
export function createObserving(parts: ObservingParts, after: (observed: Observed) => void): Observing {
  const { judgement, inputs, alarm, metrics, watchdog, fleet, recorder, moment, clock, log } = parts
  let lastMs = Number.NEGATIVE_INFINITY

  /** The judgement knows that there is no camera; why, its fleet must know too. */
  function withCause(decision: Decision): Decision {
    if (decision.rule !== 'camera-unavailable' || decision.phase === 'ended') return decision
    return { ...decision, evidence: { ...decision.evidence, cause: parts.absence() } }
  }

  function tell(decision: Decision, nowMs: number): Event {
    const event = fleet.alert(withCause(decision), clock.wallMs(), inputs.context(nowMs))
    log[event.phase === 'ended' ? 'info' : 'warn'](eventSentence(event))
    return event
  }

  function observe(observation: Observation): void {
    // A frame that was under way while its process was given up: the judgement has gone on without it.
    if (observation.at < lastMs) return
    lastMs = observation.at
    const told = inputs.read(clock.monotonicMs())
    const verdict = judgement.observe(observation, told)
    // Outputs first: nothing is written or sent before the driver is warned.
    alarm.show(verdict.signal)
    const nowMs = clock.monotonicMs()
    const isSeen = !isCameraAbsent(observation)
    if (isSeen) metrics.judged(observation.at, nowMs)
    moment.judged(verdict, isSeen)
    watchdog.advanced(nowMs)
    const events = verdict.decisions.map((decision) => tell(decision, nowMs))
    recorder?.write(observation, told)
    after({ observation, verdict, nowMs, told, events })
  }

  return {
    observe,
    finish() {
      for (const decision of judgement.finish()) tell(decision, clock.monotonicMs())
    },
  }
}
