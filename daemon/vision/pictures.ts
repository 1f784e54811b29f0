/** Reads pictures from files, for `classify` and for training. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { matFrame } from './frame.js'
import { type Mat, OpencvError, opencv, withMats } from './opencv.js'
import type { Frame, GrayPatch } from './pixels.js'

// Own: nothing smaller shows an eye.
const SMALLEST_PX = 8

/**
 * How the picture of a single eye was cut: `wide` as MRL's crops, brow and rims of glasses with it, or `close` as CEW's patches, which lids and lashes fill.
 */
export type EyeCut = 'wide' | 'close'

// Measured, models/MODEL_CARD.md, "How much of a crop": eyes of people never seen are judged best a little larger than the network learned them.
export const JUDGED_SHARE: Readonly<Record<EyeCut, number>> = { wide: 0.9, close: 1 }

/**
 * Whether the bytes reach to the end of their picture. OpenCV fills what is missing with gray and says nothing.
 * @see JPEG (ITU-T T.81) ends with FF D9; PNG with its IEND chunk; WebP's RIFF header tells its length
 */
function isWhole(bytes: Buffer): boolean {
  if (bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xd8]))) return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > 2
  if (bytes.subarray(1, 4).toString('latin1') === 'PNG') return bytes.lastIndexOf('IEND', undefined, 'latin1') > 0
  if (bytes.subarray(0, 4).toString('latin1') === 'RIFF') return bytes.length >= 8 && bytes.length >= bytes.readUInt32LE(4) + 8
  return true
}

/** @throws OpencvError `opencv-call` naming the file, when it is missing or is no whole picture */
function read(file: string, mode: 'gray' | 'colour'): Mat {
  const cv = opencv()
  const refuse = (why: string, cause: unknown = null) => new OpencvError('opencv-call', `${file} ${why}`, cause)
  if (!existsSync(file)) throw refuse('does not exist')
  if (!statSync(file).isFile()) throw refuse('is no file')
  const bytes = readFileSync(file)
  if (!isWhole(bytes)) throw refuse('cannot be read as a picture: it is cut off')
  let mat: Mat
  try {
    mat = cv.imdecode(bytes, mode === 'gray' ? cv.IMREAD_GRAYSCALE : cv.IMREAD_COLOR)
  } catch (fault) {
    throw refuse('cannot be read as a picture: damaged, or of no known kind', fault)
  }
  if (mat.cols >= SMALLEST_PX && mat.rows >= SMALLEST_PX) return mat
  const { cols, rows } = mat
  mat.release()
  throw refuse(
    cols === 0 ? 'cannot be read as a picture: damaged, or of no known kind' : `is too small to show an eye: ${cols} by ${rows} pixels`,
  )
}

/** A picture as a frame at time 0; the caller releases it. */
export const readPicture = (file: string): Frame => matFrame(read(file, 'colour'), 0)

/** The part of the picture of an eye that is judged, at size × size pixels; a Mat more for the caller to release. `share`: of its width and height, around the middle. */
export function eyeOf(picture: Mat, size: number, share: number, own: (mat: Mat) => Mat): Mat {
  const cv = opencv()
  const [width, height] = [Math.round(picture.cols * share), Math.round(picture.rows * share)]
  const [left, top] = [Math.floor((picture.cols - width) / 2), Math.floor((picture.rows - height) / 2)]
  const inner = own(picture.getRegion(new cv.Rect(left, top, width, height)))
  // Averaging when it shrinks, or fine lines alias; smooth when it grows.
  return own(inner.resize(size, size, 0, 0, width > size ? cv.INTER_AREA : cv.INTER_LINEAR))
}

/** The picture of one eye, brought to the classifier's size. */
export function readEyePatch(file: string, size: number, cut: EyeCut = 'wide'): GrayPatch {
  return withMats(`${file} cannot be resized`, (own) => {
    const patch = eyeOf(own(read(file, 'gray')), size, JUDGED_SHARE[cut], own)
    return { width: size, height: size, data: new Uint8Array(patch.getData()) }
  })
}
