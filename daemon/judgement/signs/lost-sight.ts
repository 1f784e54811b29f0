/**
 * Sight of a driver who was falling asleep, or whose head fell: kept as a sign of its own, with a clock that runs on while nothing is seen.
 *
 * Two losses must not be taken for one another. When the *driver* is lost (no face, covered, dark, turned away) the camera looks and finds nothing:
 * the clock runs on, and the rules fire by it. When the *camera* is lost nobody looks: the clock runs on too, but the rules fire by it only if the driver
 * had been lost before; else they wait until there is a picture again, and the time without one counts only when the eyes are then found closed. No loss resets it but an answer, standstill or a time beyond which nothing can be said.
 */
import { isCameraAbsent, isTurnedAway, type Observation } from '../../observation.js'
import {
  ALARM_WITHOUT_VISION_MS,
  ANSWER_OPEN_MS,
  BLIND_STEP_MS,
  BRIDGED_UNSEEN_MS,
  FLICKER_MS,
  HOLD_UNSEEN_MS,
  SEEN_CLOSED_SHARE,
  SLUMP_CLOSURE_MS,
  STANDSTILL_MS,
} from '../policy.js'
import type { Closure, ClosureStep } from './closure.js'
import type { EyesState } from './eyes.js'
import { createNod } from './nod.js'
import type { Stretches } from './stretches.js'

export type LostSight = {
  /** What came before: a closure of 0.5 s or more, a warning that stands, or a head that fell with neither. */
  after: 'closure' | 'warning' | 'nod'
  /** When the closure began, or else when sight was lost; ms on the observations' clock. */
  startedMs: number
  /** Time since then in which the eyes were not seen open, less that in which they were. */
  clockMs: number
  /** 0..1: of the closure, for the share of the time that it lasted; at least what a loss without one is worth. */
  confidence: number
  /** True once the driver, not just the camera or a frame, has been lost. */
  isSlump: boolean
  /** True while the face is found and merely turned away, with the head up. */
  isAway: boolean
}

type Perceived = { observation: Observation; eyes: EyesState; closures: ClosureStep; stretches: Stretches; isWarned: boolean }
/** Glimpses of closed eyes with nothing but short losses of sight between. */
type Chain = { startedMs: number; closedMs: number; lastMs: number }
type Lost = {
  after: LostSight['after']
  startedMs: number
  clockMs: number
  confidence: number
  isSlump: boolean
  unseen: number
  seenMs: number
  /** Time without a camera that does not count yet. */
  blindMs: number
  /** Of the clock's time, that of the closure before. */
  closedMs: number
}

// Own: without a closure before it, a loss of sight says less than one eye does.
const LOSS_CONFIDENCE = 0.5
// Own: eyes that are found again and again, each time closed: together they are a closure when they were closed for so much of the time. An awake
// driver's blinks fill a tenth of it.
const CHAIN_CLOSED_SHARE = 0.5
// Own: a camera that has just begun sees nothing until its exposure has settled.
const SETTLES_MS = 1000

const isOver = ({ openMs, unseenMs, absentMs, standstillMs }: Stretches): boolean =>
  openMs >= ANSWER_OPEN_MS || unseenMs >= HOLD_UNSEEN_MS || absentMs >= ALARM_WITHOUT_VISION_MS || standstillMs >= STANDSTILL_MS

/**
 * For how long the driver must have been looked for in vain. A closure that was long already needs but proof that this is no single lost frame; where none
 * was, what is bridged must have passed; after a time without a camera, that in which it settles.
 */
function provenMs({ after, blindMs }: Lost): number {
  if (blindMs > 0) return SETTLES_MS
  return after === 'closure' ? FLICKER_MS : BRIDGED_UNSEEN_MS
}

/** One `step` an observation, told whether a warning (level 2 or more of drowsiness) stands; null while there is nothing of the kind. */
export function createLostSight(): { step(perceived: Perceived): LostSight | null } {
  const nod = createNod()
  let lost: Lost | null = null
  let closure: Closure | null = null
  let chain: Chain | null = null
  let lastMs = 0
  let faceMs = 0
  let seenMs = 0
  let absentMs = Number.NEGATIVE_INFINITY

  /** What begins on the first observation without sight, or after a silence that no closure outlasts. */
  function begin({ observation, eyes, isWarned }: Perceived, hasFallen: boolean): Lost | null {
    const { at } = observation
    const isSilence = eyes.state === 'closed' && at - lastMs > BLIND_STEP_MS
    if (eyes.state !== 'unseen' && !isSilence) return null
    const of = (after: LostSight['after'], startedMs: number, confidence: number): Lost => ({
      after,
      startedMs,
      // The step up to here is added by the caller.
      clockMs: lastMs - startedMs,
      confidence,
      isSlump: false,
      unseen: 0,
      seenMs,
      blindMs: 0,
      closedMs: lastMs - startedMs,
    })
    if (closure !== null && closure.seenShare >= SEEN_CLOSED_SHARE && (closure.closedMs >= SLUMP_CLOSURE_MS || isWarned)) {
      return of('closure', closure.startedMs, closure.confidence)
    }
    if (chain !== null && chain.closedMs >= Math.max(SLUMP_CLOSURE_MS, CHAIN_CLOSED_SHARE * (lastMs - chain.startedMs))) {
      return of('closure', chain.startedMs, LOSS_CONFIDENCE)
    }
    if (isTurnedAway(observation) && !hasFallen) return null
    if (isWarned) return of('warning', lastMs, LOSS_CONFIDENCE)
    return hasFallen && observation.face === null && !isCameraAbsent(observation) ? of('nod', faceMs, LOSS_CONFIDENCE) : null
  }

  function link({ observation: { at }, eyes }: Perceived): void {
    if (eyes.state === 'open') chain = null
    if (eyes.state !== 'closed') return
    if (chain === null || at - chain.lastMs > BLIND_STEP_MS) chain = { startedMs: at, closedMs: 0, lastMs: at }
    else chain = { ...chain, closedMs: chain.closedMs + at - lastMs, lastMs: at }
  }

  /** One observation more of what is lost; null when it turns out to have been a gap that is bridged. */
  function follow(now: Lost, { observation, eyes, closures }: Perceived): Lost | null {
    const { at } = observation
    const isAbsent = isCameraAbsent(observation)
    if (isAbsent && !now.isSlump) now.blindMs += at - lastMs
    // Glimpses of open eyes are no answer yet, but take back as much time as they last.
    else now.clockMs = Math.max(0, now.clockMs + (eyes.state === 'open' ? lastMs - at : at - lastMs))
    if (eyes.state === 'unseen') {
      now.unseen = isAbsent ? 0 : now.unseen + 1
      now.isSlump ||= now.unseen > 1 && at - Math.max(now.seenMs, absentMs) > provenMs(now)
      return now
    }
    // The closure was bridged: it goes on by itself, with the same clock.
    if (eyes.state === 'closed' && closures.running?.startedMs === now.startedMs) return null
    if (now.isSlump) return now
    // Seen again, closed: the camera was away in the middle of it. A blink tells nothing yet.
    if (eyes.state === 'open' || now.after === 'nod') return null
    now.isSlump = closures.running !== null && closures.running.closedMs >= SLUMP_CLOSURE_MS
    // Closed before and after: then closed in between.
    if (now.isSlump) [now.clockMs, now.blindMs] = [now.clockMs + now.blindMs, 0]
    return now
  }

  return {
    step(perceived) {
      const { observation, eyes, closures, stretches } = perceived
      const hasFallen = nod.step(observation.at, observation.face)
      lost ??= begin(perceived, hasFallen)
      if (lost !== null) lost = isOver(stretches) ? null : follow(lost, perceived)
      link(perceived)
      closure = closures.running
      lastMs = observation.at
      if (observation.face !== null) faceMs = observation.at
      if (isCameraAbsent(observation)) absentMs = observation.at
      if (eyes.state !== 'unseen') seenMs = observation.at
      if (lost === null) return null
      const { after, startedMs, clockMs, isSlump, closedMs } = lost
      const confidence = Math.max(Math.min(lost.confidence, LOSS_CONFIDENCE), lost.confidence * Math.min(1, closedMs / clockMs))
      return { after, startedMs, clockMs, confidence, isSlump, isAway: isTurnedAway(observation) && !hasFallen }
    },
  }
}
