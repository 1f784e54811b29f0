/** The figures that are measured all the time, whether or not a rule fires. */
import { isCameraAbsent, type Observation } from '../../observation.js'
import { BLIND_STEP_MS, PERCLOS_LONG_WINDOW_MS, PERCLOS_WINDOW_MS } from '../policy.js'
import type { Withheld } from '../withheld.js'
import type { Direction } from './ahead.js'
import { createBlinks } from './blinks.js'
import type { Closure, ClosureStep } from './closure.js'
import type { EyesState } from './eyes.js'
import { createFrameRate } from './frame-rate.js'
import { createNod } from './nod.js'
import { createPerclos } from './perclos.js'
import { createTally } from './tally.js'

/** Shares are 0..1. Figures of blinks are withheld (null) below 15 frames a second, and while less than 60 % of their window was seen. */
export type Measures = {
  /** Share of the last 60 s in which at least one eye was seen; of the time since the start while that is shorter. */
  coverage: number
  /** Share of the seen time of the last 60 s in which one eye alone was seen. */
  oneEyeShare: number
  /** Share of seen time with eyes closed over the last 60 s and 180 s; null while less than 60 % of the whole window was seen. */
  perclos60: number | null
  perclos180: number | null
  /** Why `perclos60` and the blinks of the last minute are null. */
  withheld: Withheld | null
  /** Frames a second over the last 5 s; null in the first one. */
  fps: number | null
  /** Closures of 0.05–0.5 s in a minute of seen time; null in the first minute. */
  blinksPerMinute: number | null
  /** Of the last 180 s: how many blinks, their mean duration in ms, the share of them longer than 0.3 s. The last two are null without a blink. */
  blinks180: number | null
  blinkMs: number | null
  longBlinkShare: number | null
  /** Mean duration of all closures of the last 180 s, blinks among them, ms. */
  closureMs: number | null
  /** True when there were no more than 3 blinks a minute over 3 minutes, a sign of drowsiness that alone raises nothing. */
  blinksRarely: boolean | null
  /** How often the head fell forward by 20° within the last 60 s: it corroborates, and raises nothing by itself. */
  nods60: number
  /** True until the driver's own baseline of open eyes stands. */
  calibrating: boolean
  /** What the open eyes of this driver give, 0..1; null while that is not known. */
  openLevel: number | null
  /** Where this driver's head points while driving, degrees; null while that is being learned. */
  ahead: Direction | null
}

// The reference study (Caffier 2003's range for drowsy people): 3 blinks a minute or fewer.
const RARE_BLINKS_PER_MINUTE = 3

/** `revision`: another number, another pair of eyes. */
type Known = Pick<Measures, 'calibrating' | 'openLevel' | 'ahead'> & { revision: number }

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits

/** Follows the measures over time: one `step` an observation. */
export function createMeasures(): { step(observation: Observation, eyes: EyesState, closures: ClosureStep, known: Known): Measures } {
  const frameRate = createFrameRate()
  const windows = () => ({ short: createPerclos(PERCLOS_WINDOW_MS), long: createPerclos(PERCLOS_LONG_WINDOW_MS), blinks: createBlinks() })
  let { short, long, blinks } = windows()
  const nod = createNod()
  const nods = createTally(PERCLOS_WINDOW_MS, 250)
  const oneEye = createTally(PERCLOS_WINDOW_MS, 250)
  let lastMs: number | null = null
  let isNodding = false
  let counted = 0
  let countedFromMs = Number.NEGATIVE_INFINITY
  const own = (closure: Closure | null): Closure | null => (closure !== null && closure.startedMs >= countedFromMs ? closure : null)

  return {
    step(observation, eyes, { running, ended }, { calibrating, openLevel, ahead, revision }) {
      // Another driver, or eyes that turned out to be others than was thought: what was counted is not theirs.
      if (revision !== counted) {
        ;({ short, long, blinks } = windows())
        counted = revision
        countedFromMs = observation.at
      }
      const atMs = observation.at
      const isCamera = !isCameraAbsent(observation)
      const isSeen = eyes.state !== 'unseen'
      if (lastMs !== null && eyes.isOneEye && atMs - lastMs <= BLIND_STEP_MS) oneEye.span(lastMs, atMs)
      lastMs = atMs
      const { fps, frameMs } = frameRate.step(atMs, isCamera)
      const wasNodding = isNodding
      isNodding = nod.step(atMs, observation.face)
      if (isNodding && !wasNodding) nods.put(atMs, 1)
      const input = { atMs, isSeen, isCamera, running: own(running), ended: own(ended), frameMs }
      const minute = short.step(input)
      const minutes = long.step(input)
      const counts = blinks.step(atMs, own(ended), frameMs)

      const hasMinute = minute.withheld === null && minute.elapsedMs >= PERCLOS_WINDOW_MS
      const hasMinutes = minutes.withheld === null
      const isFull = minutes.elapsedMs >= PERCLOS_LONG_WINDOW_MS
      const { blinks180, longBlinks180, blinkMs180, closures180, closureMs180 } = counts
      return {
        coverage: minute.elapsedMs > 0 ? rounded(Math.min(1, minute.seenMs / minute.elapsedMs), 3) : isSeen ? 1 : 0,
        oneEyeShare: minute.seenMs > 0 ? rounded(Math.min(1, oneEye.within(atMs) / minute.seenMs), 3) : 0,
        perclos60: minute.perclos,
        perclos180: minutes.perclos,
        withheld: minute.withheld,
        fps: fps === null ? null : rounded(fps, 1),
        blinksPerMinute: hasMinute ? rounded((60_000 * counts.blinks60) / minute.seenMs, 1) : null,
        blinks180: hasMinutes ? Math.round(blinks180) : null,
        blinkMs: hasMinutes && blinks180 >= 1 ? Math.round(blinkMs180 / blinks180) : null,
        longBlinkShare: hasMinutes && blinks180 >= 1 ? rounded(longBlinks180 / blinks180, 3) : null,
        closureMs: hasMinutes && closures180 >= 1 ? Math.round(closureMs180 / closures180) : null,
        blinksRarely: hasMinutes && isFull ? (60_000 * blinks180) / minutes.seenMs <= RARE_BLINKS_PER_MINUTE : null,
        nods60: Math.ceil(nods.within(atMs)),
        calibrating,
        openLevel: openLevel === null ? null : rounded(openLevel, 2),
        ahead,
      }
    },
  }
}
