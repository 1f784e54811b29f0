/**
 * The only place that loads the native binding to OpenCV. It is loaded on first use, so that commands which see no picture
 * start without it; the addon belongs to one Node major version and is compiled by scripts/setup.
 */
import { createRequire } from 'node:module'
import path from 'node:path'
import type * as OpenCv from 'opencv4nodejs'
import { CodedError } from '../coded.js'
import { firstLine } from '../reason-of.js'

type Cv = typeof OpenCv
export type Mat = OpenCv.Mat

/** The addon cannot be loaded; OpenCV refused a call. */
export const opencvErrorCodes = ['opencv-missing', 'opencv-call'] as const

type OpencvErrorCode = (typeof opencvErrorCodes)[number]

export class OpencvError extends CodedError<OpencvErrorCode> {
  override readonly name = 'OpencvError'
}

/** The addon's own readAsync takes a callback; the package's JavaScript, which is left out, makes a promise of it. */
const promiseReads = ({ VideoCapture }: Cv): void => {
  type Done = (fault: unknown, mat: Mat) => void
  const native: { call(capture: OpenCv.VideoCapture, done: Done): void } = Reflect.get(VideoCapture.prototype, 'readAsync')
  VideoCapture.prototype.readAsync = function readAsync() {
    return new Promise((resolve, reject) => native.call(this, (fault, mat) => (fault ? reject(fault) : resolve(mat))))
  }
}

const load = (): Cv => {
  // The binding reads it while it loads: its bookkeeping slows every call and crashes V8 together with readAsync.
  process.env.OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING = '1'
  // What goes wrong comes to us as an error; these two would also write it to stderr, in their own words, between our sentences.
  process.env.OPENCV_LOG_LEVEL ??= 'OFF'
  process.env.OPENCV_FFMPEG_LOGLEVEL ??= '-8'
  const require = createRequire(import.meta.url)
  try {
    // The addon without the package's 150 files of JavaScript, which look for an OpenCV to build and hold 15 MB.
    const entry = require.resolve('opencv4nodejs')
    const cv: Cv = require(path.join(path.dirname(entry), '../../build/Release/opencv4nodejs.node'))
    promiseReads(cv)
    // Our pictures are small: a pool of threads costs more than it saves, and the other cores belong to others.
    cv.setNumThreads(1)
    return cv
  } catch (fault) {
    throw new OpencvError(
      'opencv-missing',
      `the OpenCV binding cannot be loaded by Node ${process.version}: ${firstLine(fault)}. Run scripts/setup, which compiles it for this Node.`,
      fault,
    )
  }
}

let loaded: Cv | null = null

/**
 * The binding.
 * @throws OpencvError `opencv-missing`, with the cure
 */
export const opencv = (): Cv => {
  loaded ??= load()
  return loaded
}

/**
 * A picture as a JPEG, encoded on a thread of the pool. @param mat released when it is done
 * Rejects with OpencvError `opencv-call`.
 */
export const encodeJpeg = async (mat: Mat, quality: number): Promise<Buffer> => {
  const cv = opencv()
  // As above: a callback, whatever its type says.
  const native: (ending: string, mat: Mat, flags: number[], done: (fault: unknown, bytes: Buffer) => void) => void = Reflect.get(
    cv,
    'imencodeAsync',
  )
  try {
    return await new Promise((resolve, reject) => {
      native('.jpg', mat, [cv.IMWRITE_JPEG_QUALITY, quality], (fault, bytes) => {
        if (fault) reject(new OpencvError('opencv-call', `cannot encode a picture: ${firstLine(fault)}`, fault))
        else resolve(bytes)
      })
    })
  } finally {
    mat.release()
  }
}

/**
 * Runs calls to the binding, which throws bare strings, and turns what it throws into an OpencvError `opencv-call`.
 * @param what the deed, for the message: "cannot cut a patch"
 */
export const guarded = <T>(what: string, calls: () => T): T => {
  try {
    return calls()
  } catch (fault) {
    if (fault instanceof OpencvError) throw fault
    throw new OpencvError('opencv-call', `${what}: ${firstLine(fault)}`, fault)
  }
}

/**
 * Runs calls that make Mats and releases every Mat handed to `own`, whatever happens: memory that the garbage collector
 * does not see would otherwise fill the machine within minutes.
 */
export const withMats = <T>(what: string, calls: (own: (mat: Mat) => Mat) => T): T => {
  const mats: Mat[] = []
  const own = (mat: Mat): Mat => {
    mats.push(mat)
    return mat
  }
  try {
    return guarded(what, () => calls(own))
  } finally {
    for (const mat of mats) mat.release()
  }
}
