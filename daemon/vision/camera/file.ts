/** A recording, through OpenCV's FFMPEG back end, with its own time stamps as the clock. */
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { monotonicMs } from '../../monotonic.js'
import { matFrame } from '../frame.js'
import { guarded, type Mat, opencv } from '../opencv.js'
import { type Mounting, orient } from './orient.js'
import { type Camera, CameraError } from './types.js'

export type FileOptions = {
  path: string
  loop: boolean
  /** Keep the pace of the recording and drop what comes late; else as fast as it goes. */
  realtime: boolean
  /** What `at` counts from: the recording's start (for a replay), or the monotonic clock at its first frame (for the daemon). */
  clock: 'recording' | 'monotonic'
} & Mounting

// Own: taken where a recording does not state its rate.
const FALLBACK_FPS = 30

/** Time stamps that only go forward: the frame's own if it is greater than the last, else the last + 1/fps (OpenCV gives 0 for the last frames of a file). */
export function forwardClock(fps: number): (stampMs: number) => number {
  let lastMs: number | null = null
  return (stampMs) => {
    lastMs = lastMs === null || stampMs > lastMs ? stampMs : lastMs + 1000 / fps
    return lastMs
  }
}

/**
 * Opens a recording; its rotation tag is honoured. In a loop its time goes on.
 * @throws CameraError `camera-missing` or `camera-refused` (no video, or damaged)
 */
export function openFileCamera(options: FileOptions): Camera {
  const { path, loop, realtime, clock: counting } = options
  const cv = opencv()
  const open = () => {
    // Also between two rounds: it may have been taken away.
    if (!existsSync(path)) throw new CameraError('camera-missing', `the recording ${path} does not exist`)
    try {
      return new cv.VideoCapture(path, cv.CAP_FFMPEG)
    } catch (fault) {
      throw new CameraError('camera-refused', `${path} cannot be read as a video; it is no whole mp4, avi or mkv file`, fault)
    }
  }
  let capture = open()
  const statedFps = capture.get(cv.CAP_PROP_FPS)
  const fps = Number.isFinite(statedFps) && statedFps > 0 ? statedFps : FALLBACK_FPS
  let clock = forwardClock(fps)
  let baseMs = 0
  let lastMs = -1000 / fps
  let firstStampMs: number | null = null
  let startedMs: number | null = null
  let given = 0

  /** The next picture with its time since the first, or null at the end. */
  function read(): { mat: Mat; atMs: number } | null {
    const mat = guarded(`cannot read ${path}`, () => capture.read())
    if (mat.empty) {
      mat.release()
      return null
    }
    const stampMs = capture.get(cv.CAP_PROP_POS_MSEC)
    firstStampMs ??= stampMs
    lastMs = baseMs + clock(stampMs - firstStampMs)
    return { mat, atMs: lastMs }
  }

  function rewind(): void {
    capture.release()
    capture = open()
    clock = forwardClock(fps)
    firstStampMs = null
    baseMs = lastMs + 1000 / fps
  }

  async function next() {
    let got = read()
    if (got === null && loop && given > 0) {
      rewind()
      got = read()
    }
    if (got === null) {
      if (given === 0)
        throw new CameraError('camera-refused', `${path} holds no picture that can be read: the file is damaged, or no video`)
      return null
    }
    given += 1
    startedMs ??= monotonicMs() - got.atMs
    const originMs = counting === 'monotonic' ? startedMs : 0
    if (!realtime) return matFrame(orient(got.mat, options), originMs + got.atMs)

    // Late by more than a frame: drop, as a live camera would.
    for (let late = readLate(got.atMs); late !== null; late = readLate(got.atMs)) {
      got.mat.release()
      got = late
    }
    const dueMs = startedMs + got.atMs
    const waitMs = dueMs - monotonicMs()
    if (waitMs > 0) await sleep(waitMs)
    return matFrame(orient(got.mat, options), originMs + got.atMs)
  }

  function readLate(atMs: number): { mat: Mat; atMs: number } | null {
    if (startedMs === null || monotonicMs() - startedMs - atMs < 1000 / fps) return null
    return read()
  }

  const stated = capture.get(cv.CAP_PROP_FRAME_COUNT)

  return {
    name: path,
    fps,
    statedFrames: stated > 0 ? stated : null,
    next,
    async close() {
      capture.release()
    },
  }
}
