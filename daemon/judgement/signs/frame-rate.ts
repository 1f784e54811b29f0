/** How many frames a second the judgement gets. */
import { createTally } from './tally.js'

// Own: long enough that one dropped frame does not show, short enough to notice within the 10 s of Euro NCAP.
const WINDOW_MS = 5000
// Own: before that, the start of a camera is no measure of its rate.
const FIRST_MS = 1000
// Own: until a rate is known, that of most cameras.
const USUAL_FRAME_MS = 1000 / 30

/** `fps` is null in the first second; `frameMs` is the time between two frames, of the last 5 s. */
export type FrameRate = { fps: number | null; frameMs: number }

/** One `step` an observation; those that only say that there is no camera are no frames. */
export function createFrameRate(): { step(atMs: number, isCamera: boolean): FrameRate } {
  let frames = createTally(WINDOW_MS, 100)
  let firstMs: number | null = null
  let lastMs: number | null = null
  return {
    step(atMs, isCamera) {
      if (!isCamera && firstMs !== null) {
        // A camera that comes back starts anew: the silence is no frame rate.
        frames = createTally(WINDOW_MS, 100)
        firstMs = null
        lastMs = null
      }
      if (isCamera) {
        firstMs ??= atMs
        // The first frame ends no interval.
        if (lastMs !== null) frames.put(atMs, 1)
        lastMs = atMs
      }
      const elapsedMs = firstMs === null ? 0 : Math.min(atMs - firstMs, WINDOW_MS)
      const count = frames.within(atMs)
      const frameMs = count > 0 && elapsedMs > 0 ? elapsedMs / count : USUAL_FRAME_MS
      return { fps: elapsedMs >= FIRST_MS ? (1000 * count) / elapsedMs : null, frameMs }
    },
  }
}
