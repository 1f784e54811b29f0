/** From eye states to eye closures: bridges what is too short to be an opening, and says when a closure is over. */

import { BLIND_STEP_MS, BRIDGED_UNSEEN_MS, FLICKER_MS, HELD_MS, LATCH_MS, SHUT_PEAK } from '../policy.js'
import type { EyesState } from './eyes.js'

/** A closure, running or just ended. Times are ms on the observations' clock. */
export type Closure = {
  startedMs: number
  /** From the first closed observation to the last. */
  closedMs: number
  /** Share of that time in which the eyes were really seen closed, 0..1. An observation stands for the time since the one before it. */
  seenShare: number
  /** Mean confidence of the closed observations, 0..1. */
  confidence: number
  /** Highest probability that was seen in it, 0..1. */
  peak: number
}

export type ClosureStep = {
  /** The closure that runs now, or null. While it is bridged, it stands as of its last closed observation. */
  running: Closure | null
  /** True on a closed observation only: rules fire on what is seen. */
  seenClosed: boolean
  /** The closure that is over as of this observation, or null. */
  ended: Closure | null
}

type Running = {
  startedMs: number
  lastClosedMs: number
  seenClosedMs: number
  count: number
  confidenceSum: number
  closedSum: number
  peak: number
  gap: Gap | null
}
/** `lastMs`: its newest observation. Of an opening, first and last are open; unseen time counts from the last closed observation. */
type Gap = { state: 'open' | 'unseen'; sinceMs: number; lastMs: number; observations: number }

/** What a closed observation says of the time since the one before it: half of it, where that was open; and of a silence no more than is bridged. */
const creditMs = (stepMs: number, gap: Gap | null): number => Math.min(stepMs, BRIDGED_UNSEEN_MS) * (gap?.state === 'open' ? 0.5 : 1)

const snapshot = (r: Running): Closure => {
  const closedMs = r.lastClosedMs - r.startedMs
  return {
    startedMs: r.startedMs,
    closedMs,
    seenShare: closedMs === 0 ? 1 : r.seenClosedMs / closedMs,
    confidence: r.confidenceSum / r.count,
    peak: r.peak,
  }
}

/**
 * True when the gap up to `atMs` is still too short to end a closure. An opening is sure to have lasted from its first open observation to its last,
 * whatever the rate: so inside a closure of lids that are shut, and for longer than a blink, one open observation alone ends nothing, as one unseen does
 * not. Lids that hang about the threshold (a squint, a laugh) and blinks in a row get no such credit: each opening that may have been one counts.
 */
function isBridged(gap: Gap, atMs: number, running: Running): boolean {
  if (gap.state === 'unseen') return atMs - gap.sinceMs <= BRIDGED_UNSEEN_MS || gap.observations <= 1
  const isHeld = isShut(running) && running.lastClosedMs - running.startedMs >= HELD_MS
  return isHeld ? gap.lastMs - gap.sinceMs < FLICKER_MS && atMs - gap.lastMs <= BLIND_STEP_MS : atMs - gap.sinceMs < FLICKER_MS
}

/** True when what was seen closed was shut, in the mean. */
const isShut = ({ closedSum, count }: Running): boolean => closedSum >= SHUT_PEAK * count

/** True when a closed observation at `atMs` belongs to the closure that runs. */
const continues = (running: Running, atMs: number): boolean =>
  running.gap === null ? atMs - running.lastClosedMs <= BLIND_STEP_MS : isBridged(running.gap, atMs, running)

/**
 * Follows closures over time. A driver who is asleep in the first observation has a closure from there:
 * no open eye need come first. `isLatched`: the threshold to leave holds, since the one to enter was reached a moment ago.
 */
export function createClosures(): { step(atMs: number, eyes: EyesState): ClosureStep; isLatched(atMs: number): boolean } {
  let running: Running | null = null
  let lastMs = 0
  let shutMs = Number.NEGATIVE_INFINITY

  function close(): Closure | null {
    const ended = running === null ? null : snapshot(running)
    running = null
    return ended
  }

  function whileClosed(atMs: number, eyes: EyesState): ClosureStep {
    // A gap counts as ended only now that its length is known: closed on both sides.
    const ended = running !== null && !continues(running, atMs) ? close() : null
    if (running === null) {
      running = { startedMs: atMs, lastClosedMs: atMs, seenClosedMs: 0, count: 0, confidenceSum: 0, closedSum: 0, peak: 0, gap: null }
    } else {
      running.seenClosedMs += creditMs(atMs - lastMs, running.gap)
    }
    running.lastClosedMs = atMs
    running.gap = null
    running.count += 1
    running.confidenceSum += eyes.confidence
    running.closedSum += eyes.closed
    running.peak = Math.max(running.peak, eyes.closed)
    return { running: snapshot(running), seenClosed: true, ended }
  }

  function whileNotClosed(atMs: number, state: 'open' | 'unseen'): ClosureStep {
    if (running === null) return { running: null, seenClosed: false, ended: null }
    const gap: Gap = running.gap ?? { state, sinceMs: state === 'open' ? atMs : running.lastClosedMs, lastMs: atMs, observations: 0 }
    // Any open observation makes the gap an opening, whatever was unseen around it.
    if (state === 'open' && gap.state === 'unseen') Object.assign(gap, { state: 'open', sinceMs: atMs })
    gap.lastMs = atMs
    gap.observations += 1
    running.gap = gap
    if (isBridged(gap, atMs, running)) return { running: snapshot(running), seenClosed: false, ended: null }
    return { running: null, seenClosed: false, ended: close() }
  }

  return {
    isLatched: (atMs) => running !== null && isShut(running) && atMs - shutMs <= LATCH_MS,
    step(atMs, eyes) {
      if (eyes.isShut) shutMs = atMs
      const step = eyes.state === 'closed' ? whileClosed(atMs, eyes) : whileNotClosed(atMs, eyes.state)
      lastMs = atMs
      return step
    },
  }
}
