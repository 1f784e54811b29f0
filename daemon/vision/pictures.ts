/** Reads pictures from files, for `classify` and for training. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { matFrame } from './frame.js'
import { type Mat, OpencvError, opencv, withMats } from './opencv.js'
import type { Frame, GrayPatch } from './pixels.js'

// Own: nothing smaller shows an eye.
const SMALLEST_PX = 8

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

/** The picture of one eye, brought to the classifier's size. */
export function readEyePatch(file: string, size: number): GrayPatch {
  return withMats(`${file} cannot be resized`, (own) => {
    const mat = own(read(file, 'gray'))
    // Averaging when it shrinks, or fine lines alias; smooth when it grows.
    const method = mat.cols > size ? opencv().INTER_AREA : opencv().INTER_LINEAR
    const patch = own(mat.resize(size, size, 0, 0, method))
    return { width: size, height: size, data: new Uint8Array(patch.getData()) }
  })
}
