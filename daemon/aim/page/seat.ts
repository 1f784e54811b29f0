/** Whether the driver's seat is the one watched: the person in it closes the eyes when asked, and the face that is watched must do so. Pure. */
import type { Trace } from '../messages.js'

export type SeatState = 'idle' | 'waiting' | 'yes' | 'no'

// Own: two seconds are asked for, and nobody counts exactly; no blink is as long.
const CLOSED_MS = 1000
const WAITING_MS = 12_000

export interface Seat {
  readonly state: SeatState
  /** Somebody has pressed the button; `atMs` of the newest trace. */
  ask(atMs: number): void
  follow(traces: readonly Trace[]): void
}

export function createSeat(): Seat {
  let state: SeatState = 'idle'
  let askedMs = 0
  let closedSinceMs: number | null = null

  function step([atMs, , eyes]: Trace): void {
    if (eyes !== 'closed') closedSinceMs = null
    else closedSinceMs ??= atMs
    if (closedSinceMs !== null && atMs - closedSinceMs >= CLOSED_MS) state = 'yes'
    else if (atMs - askedMs >= WAITING_MS) state = 'no'
  }

  return {
    get state() {
      return state
    },
    ask(atMs) {
      state = 'waiting'
      askedMs = atMs
      closedSinceMs = null
    },
    follow(traces) {
      for (const trace of traces) if (state === 'waiting') step(trace)
    },
  }
}
