/** Real recordings for the locator's tests: they lie beside the checkout, never in it. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { matFrame } from '../../daemon/vision/frame.js'
import { opencv } from '../../daemon/vision/opencv.js'
import type { Frame } from '../../daemon/vision/pixels.js'

/** The folder of test data: KANTUK_DATA, or shared/data beside the checkout. */
export const dataFolder = process.env.KANTUK_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))

/** Recordings below the data folder whose names match; empty where the data are absent. */
export const recordings = (folder: string, name: RegExp): string[] => {
  try {
    return readdirSync(path.join(dataFolder, folder))
      .filter((file) => name.test(file))
      .sort()
      .map((file) => path.join(dataFolder, folder, file))
  } catch {
    return []
  }
}

// Own: where a file does not say.
const FALLBACK_FPS = 30

/** Every n-th frame of a recording, rotation tag honoured; each is released when the next is asked for. */
export function* framesOf(file: string, every: number): Generator<Frame> {
  const cv = opencv()
  const video = new cv.VideoCapture(file, cv.CAP_FFMPEG)
  const fps = video.get(cv.CAP_PROP_FPS) || FALLBACK_FPS
  try {
    for (let ordinal = 0; ; ordinal++) {
      const mat = video.read()
      const end = mat.empty
      if (end || ordinal % every !== 0) mat.release()
      if (end) return
      if (ordinal % every !== 0) continue
      const frame = matFrame(mat, (1000 * ordinal) / fps)
      try {
        yield frame
      } finally {
        frame.release()
      }
    }
  } finally {
    video.release()
  }
}
