/** For how long, up to now, something has held without a break. */
import { isCameraAbsent, type Observation } from '../../observation.js'
import type { EyesState } from './eyes.js'
import { createStretch } from './stretch.js'

/** Milliseconds up to this observation, 0 when it is not so. */
export type Stretches = {
  /** The eyes have been seen open. */
  openMs: number
  /** No eye has been seen. */
  unseenMs: number
  /** There was no camera at all. */
  absentMs: number
}

/** One `step` an observation. */
export function createStretches(): { step(observation: Observation, eyes: EyesState): Stretches } {
  const open = createStretch()
  const unseen = createStretch()
  const absent = createStretch()
  return {
    step: (observation, eyes) => ({
      openMs: open.step(observation.at, eyes.state === 'open'),
      unseenMs: unseen.step(observation.at, eyes.state === 'unseen'),
      absentMs: absent.step(observation.at, isCameraAbsent(observation)),
    }),
  }
}
