/**
 * The only place that loads the native binding to OpenCV. It is loaded on first use, so that commands which see no picture
 * start without it; the addon belongs to one Node major version and is compiled by scripts/setup.
 */
import { createRequire } from 'node:module'
import type * as OpenCv from 'opencv4nodejs'

type Cv = typeof OpenCv
export type Mat = OpenCv.Mat

/** `opencv-missing`: the addon cannot be loaded. `opencv-call`: OpenCV refused a call. */
export class OpencvError extends Error {
  readonly code: 'opencv-missing' | 'opencv-call'
  constructor(code: OpencvError['code'], message: string, cause: unknown) {
    super(message, { cause })
    this.name = 'OpencvError'
    this.code = code
  }
}

const firstLine = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault)).split('\n')[0] ?? ''

const load = (): Cv => {
  // The binding reads both while it loads: without the first it looks for an OpenCV to build; with the second unset its
  // bookkeeping slows every call and crashes V8 together with readAsync.
  process.env.OPENCV4NODEJS_DISABLE_AUTOBUILD = '1'
  process.env.OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING = '1'
  // What goes wrong comes to us as an error; these two would also write it to stderr, in their own words, between our sentences.
  process.env.OPENCV_LOG_LEVEL ??= 'OFF'
  process.env.OPENCV_FFMPEG_LOGLEVEL ??= '-8'
  const require = createRequire(import.meta.url)
  try {
    // It reports to stdout how it found OpenCV, where our commands print JSON: its own helper can be silenced beforehand.
    createRequire(require.resolve('opencv4nodejs'))('@u4/opencv-build').Log.silence = true
    const { cv }: { cv: Cv } = require('opencv4nodejs')
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
