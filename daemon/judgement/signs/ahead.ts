/** "Ahead": where this driver's head points while driving, learned from the first minute seen, then frozen. */
import { isSeen, type Observation } from '../../observation.js'
import { BLIND_STEP_MS } from '../policy.js'

/** Degrees in the camera's frame, as in an observation: positive to the driver's left and up. */
export type Direction = { yaw: number; pitch: number }

// Design, "Ahead": the mode over the first 60 s seen, clamped to ± 30° / ± 20°.
const LEARNING_MS = 60_000
const MOST_YAW_DEGREES = 30
const MOST_PITCH_DEGREES = 20
// Design, "while moving, where speed is known". Own: from walking pace on; in front of a barrier a driver looks anywhere.
const MOVING_KMH = 10

// Own: the pose is good to 5–10°, so the mode is that of a window 10° wide.
const CELL_DEGREES = 2
const HALF_WINDOW_CELLS = 2
const REACH_DEGREES = 60
const CELLS = (2 * REACH_DEGREES) / CELL_DEGREES

const cellOf = (degrees: number): number => Math.min(CELLS - 1, Math.max(0, Math.floor((degrees + REACH_DEGREES) / CELL_DEGREES)))

/** Middle of the window that holds the most. */
function modeOf(cells: Float64Array): number {
  let best = 0
  let first = 0
  let last = 0
  for (let middle = 0; middle < CELLS; middle++) {
    let sum = 0
    for (let cell = middle - HALF_WINDOW_CELLS; cell <= middle + HALF_WINDOW_CELLS; cell++) sum += cells[cell] ?? 0
    if (sum > best * (1 + 1e-9)) [best, first, last] = [sum, middle, middle]
    else if (middle === last + 1 && sum >= best * (1 - 1e-9)) last = middle
  }
  // The middle of a plateau.
  return ((first + last + 1) / 2) * CELL_DEGREES - REACH_DEGREES
}

const clamped = (degrees: number, most: number): number => Math.min(most, Math.max(-most, degrees))

export interface Ahead {
  /** One step an observation. @param isShut the eyes are closed: where the head then points says nothing */
  step(observation: Observation, isShut: boolean, speedKmh: number | null, isNewDriver: boolean): Direction | null
}

/** Null until a minute has been seen. */
export function createAhead(): Ahead {
  const yaws = new Float64Array(CELLS)
  const pitches = new Float64Array(CELLS)
  let seenMs = 0
  let lastMs: number | null = null
  let ahead: Direction | null = null

  function forget(): void {
    yaws.fill(0)
    pitches.fill(0)
    seenMs = 0
    ahead = null
  }

  return {
    step({ at, face, left, right }, isShut, speedKmh, isNewDriver) {
      if (isNewDriver) forget()
      const stepMs = lastMs === null ? 0 : at - lastMs
      lastMs = at
      if (ahead !== null) return ahead
      const isDriving = speedKmh === null || speedKmh >= MOVING_KMH
      if (face === null || isShut || !isDriving || stepMs > BLIND_STEP_MS || !(isSeen(left) || isSeen(right))) return null
      for (const [cells, degrees] of [
        [yaws, face.yaw],
        [pitches, face.pitch],
      ] as const)
        cells[cellOf(degrees)] = (cells[cellOf(degrees)] ?? 0) + stepMs
      seenMs += stepMs
      if (seenMs < LEARNING_MS) return null
      ahead = { yaw: clamped(modeOf(yaws), MOST_YAW_DEGREES), pitch: clamped(modeOf(pitches), MOST_PITCH_DEGREES) }
      return ahead
    },
  }
}
