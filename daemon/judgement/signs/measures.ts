/** The figures that are measured all the time, whether or not a rule fires: coverage, PERCLOS over 60 s, blinks. */

import {
  BLIND_STEP_MS,
  BLINK_MAX_MS,
  BLINK_MIN_FPS,
  BLINK_MIN_MS,
  PERCLOS_MIN_CLOSURE_MS,
  PERCLOS_MIN_SEEN_SHARE,
  PERCLOS_WINDOW_MS,
} from '../policy.js'
import type { Closure } from './closure.js'
import type { EyesState } from './eyes.js'
import { createSpans } from './span.js'

export type Measures = {
  /** Share of the last 60 s in which at least one eye was seen, 0..1; of the time since the start while that is shorter. */
  coverage: number
  /** Share of seen time with eyes closed over the last 60 s, 0..1; null while less than 60 % of the whole window was seen. */
  perclos60: number | null
  /** Null below 15 frames a second, and in the first minute. */
  blinksPerMinute: number | null
}

/** Follows the measures over time: one `step` an observation, with the closure that ended on it, if any. */
export function createMeasures(): { step(atMs: number, eyes: EyesState, running: Closure | null, ended: Closure | null): Measures } {
  const seen = createSpans(PERCLOS_WINDOW_MS)
  const closed = createSpans(PERCLOS_WINDOW_MS)
  let firstMs: number | null = null
  let lastMs: number | null = null
  let countedToMs = Number.NEGATIVE_INFINITY
  let blinkEnds: number[] = []
  let observed: number[] = []

  /** Adds what is new of a closure once it is too long to be left out. */
  function countClosed(closure: Closure | null): void {
    if (closure === null || closure.closedMs < PERCLOS_MIN_CLOSURE_MS) return
    const endMs = closure.startedMs + closure.closedMs
    const fromMs = Math.max(closure.startedMs, countedToMs)
    if (endMs > fromMs) closed.add(fromMs, endMs)
    countedToMs = endMs
  }

  return {
    step(atMs, eyes, running, ended) {
      firstMs ??= atMs
      if (lastMs !== null && eyes.state !== 'unseen' && atMs - lastMs <= BLIND_STEP_MS) seen.add(lastMs, atMs)
      lastMs = atMs
      countClosed(ended)
      countClosed(running)
      const startMs = atMs - PERCLOS_WINDOW_MS
      observed.push(atMs)
      observed = observed[0] !== undefined && observed[0] < startMs ? observed.filter((t) => t >= startMs) : observed
      if (ended !== null && ended.closedMs >= BLINK_MIN_MS && ended.closedMs <= BLINK_MAX_MS) blinkEnds.push(atMs)
      blinkEnds = blinkEnds.filter((t) => t > startMs)

      const elapsedMs = Math.min(atMs - firstMs, PERCLOS_WINDOW_MS)
      const seenMs = seen.within(atMs)
      const fps = elapsedMs > 0 ? ((observed.length - 1) * 1000) / elapsedMs : 0
      const dense = fps >= BLINK_MIN_FPS * 0.95
      return {
        coverage: elapsedMs > 0 ? Math.round((1000 * seenMs) / elapsedMs) / 1000 : eyes.state === 'unseen' ? 0 : 1,
        perclos60: dense && seenMs >= PERCLOS_MIN_SEEN_SHARE * PERCLOS_WINDOW_MS ? closed.within(atMs) / seenMs : null,
        blinksPerMinute: dense && elapsedMs >= PERCLOS_WINDOW_MS ? blinkEnds.length : null,
      }
    },
  }
}
