/** Reads a live capture without a pause and keeps only the newest frame: what is late is dropped, never queued. */

import { monotonicMs } from '../../monotonic.js'
import { reasonOf } from '../../reason-of.js'
import { matFrame } from '../frame.js'
import { type Mat, opencv } from '../opencv.js'
import type { Frame } from '../pixels.js'
import { type Mounting, orient } from './orient.js'
import { type Camera, CameraError } from './types.js'

// Own: V4L2 reports an unplugged camera as a few empty reads in a row; single ones happen at start.
const EMPTY_READS_UNTIL_LOST = 10

type Capture = { readAsync(): Promise<Mat>; release(): void; get(property: number): number }

/**
 * @param capture an opened cv.VideoCapture; owned from here on
 * @param name what it is, for messages
 */
export function liveCamera(capture: Capture, name: string, mounting: Mounting): Camera {
  let newest: Frame | null = null
  let failure: CameraError | null = null
  let wake: (() => void) | null = null
  let closed = false

  function tell(): void {
    wake?.()
    wake = null
  }

  async function pump(): Promise<void> {
    let empty = 0
    while (!closed && failure === null) {
      try {
        const mat = await capture.readAsync()
        const at = monotonicMs()
        if (mat.empty) {
          mat.release()
          empty += 1
          if (empty >= EMPTY_READS_UNTIL_LOST) throw new Error(`${empty} empty reads in a row`)
          continue
        }
        empty = 0
        newest?.release()
        newest = matFrame(orient(mat, mounting), at)
      } catch (fault) {
        const why = reasonOf(fault)
        failure = new CameraError('camera-lost', `${name} gives no more frames (${why}); check its plug and cable`, fault)
      }
      tell()
    }
  }
  const pumping = pump()

  return {
    name,
    fps: capture.get(opencv().CAP_PROP_FPS),
    async next() {
      while (newest === null && failure === null) await new Promise<void>((resolve) => (wake = resolve))
      if (newest === null && failure !== null) throw failure
      const frame = newest
      newest = null
      return frame
    },
    async close() {
      closed = true
      await pumping
      newest?.release()
      newest = null
      capture.release()
    },
  }
}
