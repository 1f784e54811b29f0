/** What every rule gets and gives: one file a rule in rules/, one ordered list in index.ts. */
import type { Observation } from '../observation.js'
import type { Finding, Level, Rule } from './decision.js'
import type { Direction } from './signs/ahead.js'
import type { Away } from './signs/away.js'
import type { ClosureStep } from './signs/closure.js'
import type { EyesState } from './signs/eyes.js'
import type { LostSight } from './signs/lost-sight.js'
import type { Measures } from './signs/measures.js'
import type { Stretches } from './signs/stretches.js'

/** What is known beside the camera's observation. */
export type Inputs = {
  /** km/h, or null when unknown or stale: rules then act as if the vehicle moved. */
  speedKmh: number | null
  /** True when the acknowledge button was pressed since the last observation. */
  acknowledged: boolean
}

/** A vehicle without speed and button. */
export const NO_INPUTS: Inputs = { speedKmh: null, acknowledged: false }

/** An episode of drowsiness that stands, as of the observation before. */
export type Standing = {
  rule: Rule
  level: Level
  /** When this level was reached, ms on the observations' clock. */
  sinceMs: number
  /** True while it does not sound, by the vehicle's speed. */
  quiet: boolean
}

/** All that is known on one observation; the same for every rule. */
export type Moment = {
  atMs: number
  observation: Observation
  inputs: Inputs
  /** Closed, open or unseen, by the driver's own thresholds. */
  eyes: EyesState
  closures: ClosureStep
  stretches: Stretches
  measures: Measures
  /** Sight of a drowsy driver lost, or null. */
  lost: LostSight | null
  /** Where this driver's head points while driving; null while that is being learned. */
  ahead: Direction | null
  /** The look away from there that is going on, or null. */
  away: Away | null
  /** The episode of drowsiness that stands, or null. */
  standing: Standing | null
}

/** One rule over time. */
export interface RuleJudge {
  /**
   * Called once an observation, in order; returns the finding on every observation on which the rule holds, else null.
   *
   * `startedMs` is the finding's identity: of one rule, what has the same start (within a millisecond) is the same sign. A sign is told once at each
   * level, and not again after the driver has answered, unless it still stands a minute later (re-warning). So a rule over a window must keep the start
   * at which it began to hold, with a hysteresis of its own, and a new start means a new sign.
   */
  step(moment: Moment): Finding | null
}
