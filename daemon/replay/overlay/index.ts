/** Draws what the daemon saw around the recording: state and level above it, eyes and a timeline of closure below. */
import type { Verdict } from '../../judgement/index.js'
import { isSeen, type Observation } from '../../observation.js'
import type { Look } from '../../vision/chain.js'
import { guarded, type Mat, opencv, withMats } from '../../vision/opencv.js'
import type { Frame } from '../../vision/pixels.js'
import { drawEye } from './eye.js'
import { drawFace } from './face.js'
import { createRuleInForce, drawHeadline } from './headline.js'
import { inset, type Layout, layoutOf, rows } from './layout.js'
import { createPen } from './pen.js'
import { refuseUnwritable } from './target.js'
import { createTimeline, SHOWN_MS } from './timeline.js'

export interface Overlay {
  /** Draws one frame and appends it to the video. */
  add(frame: Frame, look: Look, verdict: Verdict): void
  /** Finishes the file. */
  close(): void
}

/** Probability of the eye that decides: the more open one. */
const closedOf = ({ left, right }: Observation): number | null => {
  const seen = [left, right].filter(isSeen)
  return seen.length === 0 ? null : Math.min(...seen.map(({ closed }) => closed))
}

/**
 * @param file where the video goes; .mp4 or .avi
 * @param fps frames a second of the video
 * @param recording what is replayed, which must not be overwritten
 * @param closedAbove probability from which an eye counts as closed
 * @throws ReplayError `overlay-refused` when the file cannot be written or has no ending that we write
 */
export function createOverlay(file: string, fps: number, recording: string, closedAbove: number): Overlay {
  refuseUnwritable(file, recording)
  const cv = opencv()
  const timeline = createTimeline()
  const ruleInForce = createRuleInForce()
  let layout: Layout | null = null
  let writer: InstanceType<typeof cv.VideoWriter> | null = null

  function open({ width, height }: Layout): InstanceType<typeof cv.VideoWriter> {
    const fourcc = cv.VideoWriter.fourcc(file.endsWith('.avi') ? 'MJPG' : 'mp4v')
    return guarded(`cannot write ${file}`, () => new cv.VideoWriter(file, fourcc, fps, new cv.Size(width, height)))
  }

  function draw(mat: Mat, at: Layout, look: Look, verdict: Verdict, own: (made: Mat) => Mat): void {
    const { observation, patches } = look
    const pen = createPen(mat, own)
    drawHeadline(pen, at, observation, verdict, ruleInForce(verdict))
    drawFace(pen, at, observation, closedAbove)
    for (const side of ['right', 'left'] as const) {
      const box = side === 'right' ? at.rightEye : at.leftEye
      drawEye(pen, box, at.stroke, { side, eye: observation[side], patch: patches[side], unseen: observation.unseen[side], closedAbove })
    }
    timeline.add({ at: observation.at, eyes: verdict.eyes, closed: closedOf(observation), level: verdict.level })
    pen.pixels(timeline.paint(at.timeline.width, at.timeline.height), at.timeline)
    const captions = rows(inset(at.timeline, at.stroke), 0, 0.34)
    pen.words(`${SHOWN_MS / 1000} s ago`, captions)
    pen.words('now', captions, { align: 'right' })
  }

  return {
    add(frame, look, verdict) {
      const { width, height, data } = frame.bgr()
      // A video has one size: pictures of another one are brought to that of the first.
      layout ??= layoutOf(width, height)
      const at = layout
      writer ??= open(at)
      const target = writer
      withMats('cannot draw the overlay', (own) => {
        // Out of a buffer: the binding takes 90 ms to fill a picture of this size with a colour.
        const canvas = own(new cv.Mat(Buffer.alloc(3 * at.width * at.height), at.height, at.width, cv.CV_8UC3))
        const picture = own(new cv.Mat(data, height, width, cv.CV_8UC3))
        const { x, y, width: wide, height: high } = at.picture
        const scaled = wide === width && high === height ? picture : own(picture.resize(high, wide))
        scaled.copyTo(own(canvas.getRegion(new cv.Rect(x, y, wide, high))))
        draw(canvas, at, look, verdict, own)
        target.write(canvas)
      })
    },
    close() {
      guarded(`cannot finish ${file}`, () => writer?.release())
    },
  }
}
