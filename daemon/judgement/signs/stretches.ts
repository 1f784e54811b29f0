/** For how long, up to now, something has held without a break. */
import { isCameraAbsent, type Observation } from '../../observation.js'
import { STANDSTILL_BELOW_KMH } from '../policy.js'
import type { EyesState } from './eyes.js'
import { createOpenStretch } from './open-stretch.js'
import { createStretch } from './stretch.js'

/** Milliseconds up to this observation, 0 when it is not so. */
export type Stretches = {
  /** The eyes have been seen open. */
  openMs: number
  /** No eye has been seen. */
  unseenMs: number
  /** There was no camera at all. */
  absentMs: number
  /** The vehicle is known to stand, or nearly. */
  standstillMs: number
}

/** One `step` an observation. */
export function createStretches(): { step(observation: Observation, eyes: EyesState, speedKmh: number | null): Stretches } {
  const open = createOpenStretch()
  const unseen = createStretch()
  const absent = createStretch()
  const standstill = createStretch()
  return {
    step: (observation, eyes, speedKmh) => ({
      openMs: open.step(observation.at, eyes.state),
      unseenMs: unseen.step(observation.at, eyes.state === 'unseen'),
      absentMs: absent.step(observation.at, isCameraAbsent(observation)),
      standstillMs: standstill.step(observation.at, speedKmh !== null && speedKmh < STANDSTILL_BELOW_KMH),
    }),
  }
}
