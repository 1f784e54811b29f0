/** Two recordings side by side, as a driver and a passenger before one camera: made in memory, kept nowhere. */
import { matFrame } from '../../daemon/vision/frame.js'
import { type Mat, opencv } from '../../daemon/vision/opencv.js'
import type { Frame } from '../../daemon/vision/pixels.js'
import { plain } from './altered.js'

/** What one half of the picture shows; `scale` 1 fills its height, and `until` s it is an empty seat. */
export type Half = { file: string; scale: number; until?: number; from?: number }

export const TILE = 240
export const FPS = 5
// So much of a recording is shown, forth and back again, so that nothing jumps.
const SHOWN_SECONDS = 12

const loaded = new Map<string, readonly Mat[]>()

/** The first pictures of a recording at FPS, none higher or wider than a tile; decoded once and kept for the process. */
const pictures = (file: string): readonly Mat[] => {
  const known = loaded.get(file)
  if (known !== undefined) return known
  const cv = opencv()
  const video = new cv.VideoCapture(file, cv.CAP_FFMPEG)
  const fps = video.get(cv.CAP_PROP_FPS)
  const every = Math.max(1, Math.round(fps / FPS))
  const kept: Mat[] = []
  for (let ordinal = 0; ordinal < SHOWN_SECONDS * fps; ordinal++) {
    const mat = video.read()
    if (mat.empty) break
    const factor = TILE / Math.max(mat.rows, mat.cols)
    if (ordinal % every === 0) kept.push(mat.resize(Math.round(mat.rows * factor), Math.round(mat.cols * factor), 0, 0, cv.INTER_AREA))
    mat.release()
  }
  video.release()
  loaded.set(file, kept)
  return kept
}

/** Forth and back: 0 1 2 3 2 1 0 1 … */
const swinging = (ordinal: number, count: number): number => {
  const at = ordinal % Math.max(1, 2 * (count - 1))
  return at < count ? at : 2 * (count - 1) - at
}

/** Puts a picture, shrunk, into the middle of a tile that begins at `left`. */
const place = (onto: Mat, picture: Mat, left: number, scale: number): void => {
  const cv = opencv()
  const factor = (scale * TILE) / Math.max(picture.rows, picture.cols)
  const [rows, cols] = [Math.round(picture.rows * factor), Math.round(picture.cols * factor)]
  const small = picture.resize(rows, cols, 0, 0, cv.INTER_AREA)
  const region = onto.getRegion(new cv.Rect(left + Math.floor((TILE - cols) / 2), Math.floor((TILE - rows) / 2), cols, rows))
  small.copyTo(region)
  small.release()
  region.release()
}

/** Frames two tiles wide, FPS a second; the caller releases each. */
export function* sideBySide(left: Half, right: Half, seconds: number): Generator<Frame> {
  const halves = [left, right].map((half) => ({ ...half, shown: pictures(half.file) }))
  for (let frame = 0; frame < seconds * FPS; frame++) {
    // The gray of an empty seat.
    const mat = plain(TILE, 2 * TILE, 90)
    halves.forEach(({ shown, scale, until = Number.POSITIVE_INFINITY, from = Number.POSITIVE_INFINITY }, index) => {
      const picture = shown[swinging(frame, shown.length)]
      const there = frame / FPS < until || frame / FPS >= from
      if (picture !== undefined && there) place(mat, picture, index * TILE, scale)
    })
    yield matFrame(mat, (1000 * frame) / FPS)
  }
}
