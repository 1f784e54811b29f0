/** From how open a driver's eyes look to where "closed" begins for that driver. */
import { OPEN_HYSTERESIS } from '../../policy.js'

/** An eye becomes closed at `enter`, and open again below `leave`; calibrated probabilities 0..1. */
export type Thresholds = { enter: number; leave: number }

// Own: as if the open eye gave 0.6: until an eye was seen, it may be a narrow one (0.5–0.75 while open). What is shut gives 0.9 and more: of the
// marked closures of the recordings, all have reached 0.8 within one frame of reaching 0.5.
export const UNKNOWN_OPEN_LEVEL = 0.6

// Own: however narrow the eyes, 0.85 is closed: a driver whose shut eyes give 0.9 must not be missed.
export const HIGHEST_ENTER = 0.85

/**
 * @param openLevel what the open eye of this driver gives, 0..1
 * @param closedAbove how far on the way from there to certainly closed (1) an eye counts as closed; for an open level of 0 the probability itself
 */
export function thresholdsFor(openLevel: number, closedAbove: number): Thresholds {
  // Above this level the ceiling stands, and the hysteresis with it.
  const ceiling = Math.max(HIGHEST_ENTER, closedAbove)
  const open = Math.min(openLevel, (ceiling - closedAbove) / (1 - closedAbove))
  const enter = open + closedAbove * (1 - open)
  return { enter, leave: enter - OPEN_HYSTERESIS * (1 - open) }
}
