/** PERCLOS over one window: the share of seen time with the eyes closed; closures of less than 0.25 s, and lids that only sink, left out. */
import { BLIND_STEP_MS, BLINK_KEEP_FPS, BLINK_MIN_FPS, PERCLOS_MIN_CLOSURE_MS, PERCLOS_MIN_SEEN_SHARE, SHUT_PEAK } from '../policy.js'
import type { Withheld } from '../withheld.js'
import { durationMs } from './blinks.js'
import type { Closure } from './closure.js'
import { createTally } from './tally.js'

export type PerclosStep = {
  /** 0..1, or null while it is withheld. */
  perclos: number | null
  withheld: Withheld | null
  /** Milliseconds of the window in which at least one eye was seen. */
  seenMs: number
  /** Milliseconds of the window since the start: the whole window, once that is over. */
  elapsedMs: number
}

/** What is given at one observation. `isCamera`: it is a frame, not the word that there is none. */
export type PerclosInput = {
  atMs: number
  isSeen: boolean
  isCamera: boolean
  running: Closure | null
  ended: Closure | null
  frameMs: number
}

// Own: before that, a rate is not steady enough for a hysteresis.
const STEADY_MS = 10_000

/** Adds a closure as it grows, once it is too long to be left out, each of its milliseconds once. */
function createClosedTime(windowMs: number, bucketMs: number) {
  const closed = createTally(windowMs, bucketMs)
  let countedToMs = Number.NEGATIVE_INFINITY
  return {
    add(closure: Closure | null, frameMs: number) {
      if (closure === null) return
      // Seen closed for that long: at 15 frames a second the likely duration of a blink of 0.2 s would now and then be more.
      if (closure.closedMs < PERCLOS_MIN_CLOSURE_MS || closure.peak < SHUT_PEAK) return
      const endMs = closure.startedMs + durationMs(closure, frameMs)
      const fromMs = Math.max(closure.startedMs, countedToMs)
      if (endMs > fromMs) closed.span(fromMs, endMs)
      countedToMs = Math.max(countedToMs, endMs)
    },
    within: closed.within,
  }
}

/** @param windowMs 60 or 180 s */
export function createPerclos(windowMs: number): { step(input: PerclosInput): PerclosStep } {
  const bucketMs = windowMs / 240
  const seen = createTally(windowMs, bucketMs)
  const frames = createTally(windowMs, bucketMs)
  const closed = createClosedTime(windowMs, bucketMs)
  let firstMs: number | null = null
  let lastMs: number | null = null
  let isDense = false

  return {
    step({ atMs, isSeen, isCamera, running, ended, frameMs }) {
      firstMs ??= atMs
      // The first frame ends no interval.
      if (lastMs !== null && isCamera) frames.put(atMs, 1)
      if (lastMs !== null && isSeen && atMs - lastMs <= BLIND_STEP_MS) seen.span(lastMs, atMs)
      lastMs = atMs
      closed.add(ended, frameMs)
      closed.add(running, frameMs)

      const elapsedMs = Math.min(atMs - firstMs, windowMs)
      const seenMs = seen.within(atMs)
      const fps = elapsedMs > 0 ? (1000 * frames.within(atMs)) / elapsedMs : 0
      isDense = fps >= (isDense && elapsedMs >= STEADY_MS ? BLINK_KEEP_FPS : BLINK_MIN_FPS)
      const isSeenEnough = seenMs >= PERCLOS_MIN_SEEN_SHARE * windowMs
      const withheld = !isDense ? 'too-few-frames' : isSeenEnough ? null : elapsedMs < windowMs ? 'too-early' : 'too-little-seen'
      const perclos = withheld === null ? Math.min(1, closed.within(atMs) / seenMs) : null
      return { perclos, withheld, seenMs, elapsedMs }
    },
  }
}
