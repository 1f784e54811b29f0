/** Blinks and longer closures as they end: how many, how long. Figures of the last 60 s and 180 s. */
import { BLINK_MAX_MS, BLINK_MIN_MS } from '../policy.js'
import type { Closure } from './closure.js'
import { createTally } from './tally.js'

// Caffier 2003: drowsy people's blinks last longer than 0.3 s.
const LONG_BLINK_MS = 300

// Design, blinks and `slow-closures` over 60 s; `long-blinks` and the rate of blinks over 3 minutes.
const SHORT_WINDOW_MS = 60_000
const LONG_WINDOW_MS = 180_000

/** Counts and sums over a window up to now; durations in ms. */
export type BlinkCounts = {
  blinks60: number
  blinks180: number
  longBlinks180: number
  blinkMs180: number
  closures180: number
  closureMs180: number
}

/**
 * How long the eyes were closed. What was seen closed from the first frame to the last began and ended some time within the frames before and after:
 * half a frame on either side, on average.
 */
export const durationMs = ({ closedMs }: Closure, frameMs: number): number => closedMs + frameMs

/** One `step` an observation, with the closure that ended on it, if any, and the time between two frames. */
export function createBlinks(): { step(atMs: number, ended: Closure | null, frameMs: number): BlinkCounts } {
  const blinks60 = createTally(SHORT_WINDOW_MS, 250)
  const long = () => createTally(LONG_WINDOW_MS, 1000)
  const [blinks180, longBlinks180, blinkMs180, closures180, closureMs180] = [long(), long(), long(), long(), long()] as const

  function count(atMs: number, lastedMs: number): void {
    if (lastedMs < BLINK_MIN_MS) return
    closures180.put(atMs, 1)
    closureMs180.put(atMs, lastedMs)
    if (lastedMs > BLINK_MAX_MS) return
    blinks60.put(atMs, 1)
    blinks180.put(atMs, 1)
    blinkMs180.put(atMs, lastedMs)
    if (lastedMs > LONG_BLINK_MS) longBlinks180.put(atMs, 1)
  }

  return {
    step(atMs, ended, frameMs) {
      if (ended !== null) count(atMs, durationMs(ended, frameMs))
      return {
        blinks60: blinks60.within(atMs),
        blinks180: blinks180.within(atMs),
        longBlinks180: longBlinks180.within(atMs),
        blinkMs180: blinkMs180.within(atMs),
        closures180: closures180.within(atMs),
        closureMs180: closureMs180.within(atMs),
      }
    },
  }
}
