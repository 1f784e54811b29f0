/** Draws what the daemon saw onto the recording: face, eyes, the two patches enlarged, "Open Eyes" or "Closed Eyes". */
import { existsSync, realpathSync, writeFileSync } from 'node:fs'
import type { Verdict } from '../judgement/index.js'
import { type Eye, isSeen } from '../observation.js'
import type { Look } from '../vision/chain.js'
import { guarded, type Mat, opencv, withMats } from '../vision/opencv.js'
import type { Frame, GrayPatch } from '../vision/pixels.js'
import { ReplayError } from './errors.js'

// Blue, green, red.
const GREEN = [80, 200, 60] as const
const RED = [40, 40, 230] as const
const GRAY = [170, 170, 170] as const
const WHITE = [255, 255, 255] as const

const PATCH_PX = 112
const LEVELS = ['clear', 'notice', 'WARN', 'ALARM', 'EMERGENCY'] as const

export interface Overlay {
  /** Draws one frame and appends it to the video. */
  add(frame: Frame, look: Look, verdict: Verdict): void
  /** Finishes the file. */
  close(): void
}

type Colour = readonly [number, number, number]

/** OpenCV is silent about a file that it cannot write: it is tried beforehand. */
function refuseUnwritable(file: string, recording: string): void {
  if (existsSync(file) && realpathSync(file) === realpathSync(recording)) {
    throw new ReplayError('overlay-refused', `the overlay ${file} is the recording itself, which it would destroy; give it another name`)
  }
  if (!/\.(mp4|avi)$/.test(file)) throw new ReplayError('overlay-refused', `the overlay ${file} must end in .mp4 or .avi`)
  try {
    writeFileSync(file, '')
  } catch (fault) {
    const why = fault instanceof Error && 'code' in fault ? ` (${fault.code})` : ''
    throw new ReplayError(
      'overlay-refused',
      `the overlay ${file} cannot be written${why}: does its folder exist, and may you write there?`,
      fault,
    )
  }
}

/**
 * @param file where the video goes; .mp4 or .avi
 * @param fps frames a second of the video
 * @param recording what is replayed, which must not be overwritten
 * @throws ReplayError `overlay-refused` when the file cannot be written or has no ending that we write
 */
export function createOverlay(file: string, fps: number, recording: string): Overlay {
  refuseUnwritable(file, recording)
  const cv = opencv()
  let writer: InstanceType<typeof cv.VideoWriter> | null = null

  const vec = ([b, g, r]: Colour) => new cv.Vec3(b, g, r)
  const text = (mat: Mat, words: string, x: number, y: number, colour: Colour, scale: number) => {
    // A dark rim first: the words stay readable on any picture.
    mat.putText(words, new cv.Point2(x, y), cv.FONT_HERSHEY_SIMPLEX, scale, vec([0, 0, 0]), 4, cv.LINE_AA)
    mat.putText(words, new cv.Point2(x, y), cv.FONT_HERSHEY_SIMPLEX, scale, vec(colour), 1, cv.LINE_AA)
  }
  const colourOf = (closed: number): Colour => (closed >= 0.5 ? RED : GREEN)

  function drawEye(mat: Mat, eye: Eye | null): void {
    if (!isSeen(eye)) return
    const [x, y] = eye.center
    const half = eye.size / 2
    mat.drawRectangle(new cv.Point2(x - half, y - half), new cv.Point2(x + half, y + half), vec(colourOf(eye.closed)), 1)
  }

  function drawPatch(mat: Mat, patch: GrayPatch | null, eye: Eye | null, x: number, own: (m: Mat) => Mat): void {
    const y = mat.rows - PATCH_PX - 8
    if (patch === null || y < 0 || x < 0 || x + PATCH_PX > mat.cols) return
    const gray = own(new cv.Mat(Buffer.from(patch.data), patch.height, patch.width, cv.CV_8UC1))
    const large = own(own(gray.resize(PATCH_PX, PATCH_PX, 0, 0, cv.INTER_NEAREST)).cvtColor(cv.COLOR_GRAY2BGR))
    const corner = new cv.Rect(x, y, PATCH_PX, PATCH_PX)
    large.copyTo(own(mat.getRegion(corner)))
    mat.drawRectangle(corner, vec(eye === null ? GRAY : colourOf(eye.closed)), 2)
    if (eye !== null) text(mat, eye.closed.toFixed(2), x + 6, y + 20, WHITE, 0.55)
  }

  function draw(mat: Mat, look: Look, verdict: Verdict, own: (m: Mat) => Mat): void {
    const { observation, patches } = look
    if (observation.face !== null) {
      const [x, y, width, height] = observation.face.box
      mat.drawRectangle(new cv.Point2(x, y), new cv.Point2(x + width, y + height), vec(GRAY), 1)
    }
    drawEye(mat, observation.left)
    drawEye(mat, observation.right)
    // The driver's right eye stands on the left of the picture.
    drawPatch(mat, patches.right, observation.right, 8, own)
    drawPatch(mat, patches.left, observation.left, mat.cols - PATCH_PX - 8, own)
    const reason = observation.unseen.left ?? observation.unseen.right ?? 'no reason'
    const words = { open: 'Open Eyes', closed: 'Closed Eyes', unseen: `Eyes not seen (${reason})` }
    text(mat, words[verdict.eyes], 10, 30, { open: GREEN, closed: RED, unseen: GRAY }[verdict.eyes], 0.9)
    const closure = verdict.closedMs > 0 ? `  closed ${(verdict.closedMs / 1000).toFixed(1)} s` : ''
    text(mat, `${(observation.at / 1000).toFixed(2)} s${closure}`, 10, 54, WHITE, 0.5)
    if (verdict.level > 0) text(mat, `level ${verdict.level} ${LEVELS[verdict.level]}`, 10, 80, RED, 0.7)
  }

  function open(width: number, height: number): InstanceType<typeof cv.VideoWriter> {
    const fourcc = cv.VideoWriter.fourcc(file.endsWith('.avi') ? 'MJPG' : 'mp4v')
    return guarded(`cannot write ${file}`, () => new cv.VideoWriter(file, fourcc, fps, new cv.Size(width, height)))
  }

  return {
    add(frame, look, verdict) {
      const { width, height, data } = frame.bgr()
      writer ??= open(width, height)
      const target = writer
      withMats('cannot draw the overlay', (own) => {
        const mat = own(new cv.Mat(data, height, width, cv.CV_8UC3))
        draw(mat, look, verdict, own)
        target.write(mat)
      })
    },
    close() {
      guarded(`cannot finish ${file}`, () => writer?.release())
    },
  }
}
