/**
 * The driver's own baseline: where "closed" begins for these eyes.
 *
 * Of about one driver in ten the open eyes look half closed to any classifier. From the first minute of eyes seen open comes an upper quantile of their
 * probability; "closed" begins at a share of the way from there to 1. Then it is frozen: a running one would learn the drowsiness.
 *
 * The trade. Before anything was seen, 0.8 is closed and 0.7 is not: who starts asleep with shut eyes (0.9 and more) is alarmed at once, no open eye need
 * come first; who starts asleep with eyes that give 0.6–0.75 is taken for a driver with narrow eyes until they open, and only 0.85 is closed. After two
 * seconds of eyes seen more open than that, what was seen decides.
 */
import { isSeen, type Observation } from '../../../observation.js'
import { BLIND_STEP_MS } from '../../policy.js'
import { createAwake } from './awake.js'
import { createLevels, type Levels } from './levels.js'
import { compare, levelOf, type Memory, type OpenLevels, wornLevels } from './slots.js'
import { type Thresholds, thresholdsFor, UNKNOWN_OPEN_LEVEL } from './thresholds.js'

/** Where "closed" begins for each of the driver's eyes. */
export type EyeThresholds = { left: Thresholds; right: Thresholds }

// Design, "reset when the driver changes": 60 s of seen time confirm a baseline.
const CALIBRATION_MS = 60_000
// Own: a blink or a glance must not decide; a driver who nods off this soon is caught at 0.8.
const FIRST_EVIDENCE_MS = 2000
// Own: what was saved counts as much as this long a look: it steadies the first seconds and is soon outweighed.
const PRIOR_MS = 5000
// Own: of the time with open eyes, four fifths lie below: single frames and the edges of blinks do not move it, a squint in the sun does a little.
const OPEN_QUANTILE = 0.8
// Own: eyes that give more than this while open cannot be told from shut ones; nor is a minute a baseline when a fifth of it lies this far above another.
const HIGHEST_OPEN_LEVEL = 0.75
const WIDEST_SPREAD = 0.4
// Own: a stretch that is held against the baseline to notice glasses put on or taken off, and the blinks in it that show an awake driver:
// 8 a minute, of the 15–20 that are normal.
const COMPARED_MS = 30_000
const AWAKE_BLINKS = 4

type Side = 'left' | 'right'
const SIDES: readonly Side[] = ['left', 'right']

export interface Baseline {
  /** One step an observation. @param isNewDriver forgets the driver; what was saved remains a first guess */
  step(observation: Observation, isNewDriver: boolean): EyeThresholds
  /** Another share of the way from the open level to 1, from now on; what was learned of the eyes stays. */
  adopt(closedAbove: number): void
  /** True until a minute of open eyes has been seen. */
  readonly isCalibrating: boolean
  /** Open level that is gone by, 0..1; null while nothing is known. */
  readonly openLevel: number | null
  /** Counts up whenever another pair of eyes is gone by: what was measured before then no longer holds. */
  readonly revision: number
  /** What to keep for the next start; null before the first calibration. The same object as long as nothing changes. */
  readonly memory: Memory | null
}

/**
 * @param closedAbove share of the way from the open level to 1 from which an eye is closed
 * @param saved a baseline of an earlier start, or null
 */
export function createBaseline(closedAbove: number, saved: Memory | null): Baseline {
  let share = closedAbove
  let unknown = thresholdsFor(UNKNOWN_OPEN_LEVEL, share)
  const levels: Readonly<Record<Side, Levels>> = { left: createLevels(), right: createLevels() }
  let awake = createAwake(share)
  let memory = saved
  let isCalibrating = true
  let seenMs = 0
  let thresholds: EyeThresholds = { left: unknown, right: unknown }
  /** What is gone by; null while nothing is known. */
  let goneBy: OpenLevels | null = null
  let lastMs: number | null = null
  let revision = 0

  function clear(): void {
    for (const side of SIDES) levels[side].clear()
    awake.clear()
    seenMs = 0
  }

  function forget(): void {
    clear()
    isCalibrating = true
    goneBy = null
    thresholds = { left: unknown, right: unknown }
    if (memory === null) return
    const prior = wornLevels(memory)
    for (const side of SIDES) levels[side].add(prior[side], PRIOR_MS)
  }

  function goBy(open: OpenLevels): void {
    goneBy = open
    thresholds = { left: thresholdsFor(open.left, share), right: thresholdsFor(open.right, share) }
  }

  /** The levels of what was seen; an eye that was not seen is taken for the other. */
  function measured(quantile: number): OpenLevels {
    const left = levels.left.quantile(quantile)
    const right = levels.right.quantile(quantile)
    return { left: left ?? right ?? UNKNOWN_OPEN_LEVEL, right: right ?? left ?? UNKNOWN_OPEN_LEVEL }
  }

  function calibrate(): void {
    if (seenMs >= FIRST_EVIDENCE_MS) goBy(measured(OPEN_QUANTILE))
    if (seenMs < CALIBRATION_MS) return
    const open = measured(OPEN_QUANTILE)
    const level = levelOf(open)
    const hasFailed = level > HIGHEST_OPEN_LEVEL || level - levelOf(measured(1 - OPEN_QUANTILE)) > WIDEST_SPREAD
    clear()
    // A failed calibration keeps the old one on the disk, and goes on by what was seen: the old one may be another driver's. The next minute tries again.
    if (hasFailed) return
    memory = adopt(open)
    isCalibrating = false
    goBy(wornLevels(memory))
  }

  /** A minute confirms the level that is near it, and replaces it; or it is the first of its kind. */
  function adopt(open: OpenLevels): Memory {
    if (memory?.glasses === null || memory === null) return { bare: open, glasses: null, wears: 'bare' }
    const middle = (levelOf(memory.bare) + levelOf(memory.glasses)) / 2
    return levelOf(open) < middle ? { ...memory, bare: open, wears: 'bare' } : { ...memory, glasses: open, wears: 'glasses' }
  }

  function watch(): void {
    if (memory === null || seenMs < COMPARED_MS) return
    const next = compare(memory, measured(OPEN_QUANTILE), awake.blinks >= AWAKE_BLINKS)
    clear()
    if (next === memory) return
    memory = next
    revision += 1
    goBy(wornLevels(memory))
  }

  function see(observation: Observation, stepMs: number): void {
    let closed = 1
    let isOpen = false
    for (const side of SIDES) {
      const eye = observation[side]
      if (!isSeen(eye)) continue
      closed = Math.min(closed, eye.closed)
      // What is surely shut says nothing of the open eye.
      if (eye.closed >= unknown.enter) continue
      isOpen = true
      levels[side].add(eye.closed, stepMs)
    }
    if (isSeen(observation.left) || isSeen(observation.right)) awake.step(observation.at, closed, stepMs)
    if (isOpen) seenMs += stepMs
  }

  forget()
  return {
    adopt(closedAbove) {
      if (closedAbove === share) return
      share = closedAbove
      unknown = thresholdsFor(UNKNOWN_OPEN_LEVEL, share)
      awake = createAwake(share)
      if (goneBy === null) thresholds = { left: unknown, right: unknown }
      else goBy(goneBy)
    },
    step(observation, isNewDriver) {
      if (isNewDriver) {
        forget()
        revision += 1
      }
      const stepMs = lastMs === null ? 0 : observation.at - lastMs
      lastMs = observation.at
      if (stepMs > BLIND_STEP_MS) return thresholds
      see(observation, stepMs)
      if (isCalibrating) calibrate()
      else watch()
      return thresholds
    },
    get isCalibrating() {
      return isCalibrating
    },
    get openLevel() {
      return goneBy === null ? null : levelOf(goneBy)
    },
    get revision() {
      return revision
    },
    get memory() {
      return memory
    },
  }
}
