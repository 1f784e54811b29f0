/** Signs of a driver who is awake, whatever the baseline says: blinks, that is eyes shut for a moment and at once as open as before. */
import { BLINK_MAX_MS } from '../../policy.js'
import { type Thresholds, thresholdsFor, UNKNOWN_OPEN_LEVEL } from './thresholds.js'

// Own: a frame may be late by a quarter of its time at the 15 frames a second below which no blinks are counted.
const SLOWEST_FPS = 12

/** One `step` an observation with an eye seen. Counts since `clear`. */
export interface Awake {
  /** @param closed probability of the more open of the eyes seen */
  step(atMs: number, closed: number, stepMs: number): void
  readonly blinks: number
  clear(): void
}

export function createAwake(closedAbove: number): Awake {
  const { enter, leave }: Thresholds = thresholdsFor(UNKNOWN_OPEN_LEVEL, closedAbove)
  let shutMs: number | null = null
  let blinks = 0
  return {
    step(atMs, closed, stepMs) {
      if (closed >= (shutMs === null ? enter : leave)) {
        shutMs ??= atMs
        return
      }
      // Between two observations of a slow camera anything may have happened.
      if (shutMs !== null && atMs - shutMs <= BLINK_MAX_MS && stepMs <= 1000 / SLOWEST_FPS) blinks += 1
      shutMs = null
    },
    get blinks() {
      return blinks
    },
    clear() {
      blinks = 0
      shutMs = null
    },
  }
}
