/** Reads pictures from files, for `classify` and for training. */
import { existsSync } from 'node:fs'
import { matFrame } from './frame.js'
import { guarded, type Mat, OpencvError, opencv, withMats } from './opencv.js'
import type { Frame, GrayPatch } from './pixels.js'

/** @throws OpencvError `opencv-call` naming the file, when it is missing or is no whole picture */
function read(file: string, mode: 'gray' | 'colour'): Mat {
  const cv = opencv()
  if (!existsSync(file)) throw new OpencvError('opencv-call', `${file} does not exist`, null)
  const mat = guarded(`${file} cannot be read as a picture`, () => cv.imread(file, mode === 'gray' ? cv.IMREAD_GRAYSCALE : cv.IMREAD_COLOR))
  if (!mat.empty) return mat
  mat.release()
  throw new OpencvError('opencv-call', `${file} cannot be read as a picture: damaged, or of no known kind`, null)
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
