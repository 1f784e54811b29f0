/** Whether a camera still gives new pictures. Pure: it compares samples of pictures, which noise makes different in any two true ones. */
import type { Frame, GrayPatch } from './pixels.js'

export type Freshness = 'fresh' | 'same' | 'frozen'

// Own: longer than the longest pause that a webcam makes while it sets its exposure anew, 1 s; and shorter than the 3 s after which a picture that is frozen
// on closed eyes would be a sleep (judgement.sleepSeconds).
export const FROZEN_MS = 2400

// Own: where the sensor gives nothing, or everything, it has no noise either: that is darkness or glare, and told as such.
const DARK = 5
const GLARING = 250

const SAMPLE_SIDE = 24

/** Single pixels of the picture's middle, 24 × 24 of them; 0.01 ms. */
export const sampleOf = (frame: Frame): GrayPatch =>
  frame.cutGray({ center: [frame.width / 2, frame.height / 2], size: Math.min(frame.width, frame.height), roll: 0 }, SAMPLE_SIDE)

// A capture has up to this many buffers (V4L2 drivers: 4), and a driver that hangs may give the same ones in turn.
const REMEMBERED = 8

/** @returns what the newest sample shows: `same` as one of those before, or `frozen` when that has gone on for 3 s; `at` in ms */
export const createFreshness = (patienceMs = FROZEN_MS): ((sample: GrayPatch, at: number) => Freshness) => {
  let last: readonly Buffer[] = []
  let sinceMs = 0
  return ({ data }, at) => {
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length
    if (last.length === 0) sinceMs = at
    const isSame = last.length === 0 || last.some((other) => other.equals(data))
    last = [Buffer.from(data), ...last.slice(0, REMEMBERED - 1)]
    if (!isSame || mean < DARK || mean > GLARING) {
      sinceMs = at
      return 'fresh'
    }
    return at - sinceMs >= patienceMs ? 'frozen' : 'same'
  }
}
