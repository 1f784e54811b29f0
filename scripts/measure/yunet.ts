/** YuNet (libfacedetection, Apache-2.0) as the reference: the biggest face of a frame and its eyes, seen at 640×480. Never shipped. */
import type * as Ort from 'onnxruntime-node'
import type { Point } from '../../daemon/vision/locate/types.js'
import { onnxRuntime } from '../../daemon/vision/onnxruntime.js'
import { opencv, withMats } from '../../daemon/vision/opencv.js'
import type { Frame } from '../../daemon/vision/pixels.js'

/** A face in the frame's px; left and right are the person's own. */
export type Reference = { score: number; box: [x: number, y: number, width: number, height: number]; left: Point; right: Point }

/** Raised whenever this file's results change: what was kept of earlier ones is then made anew. */
export const DECODING = 1

// The size. The frame is fitted in, its shape kept, and the rest is black.
const WIDTH = 640
const HEIGHT = 480
// Source: OpenCV's FaceDetectorYN takes 0.9; 0.6 also keeps faces that are turned and bent.
const MIN_SCORE = 0.6
const STRIDES = [8, 16, 32] as const

/** Blue, green, red planes of 0..255, as the network takes them, and the scale from the frame. */
const fitted = (frame: Frame): { planes: Float32Array; scale: number } => {
  const cv = opencv()
  const { data, width, height } = frame.bgr()
  const scale = Math.min(WIDTH / width, HEIGHT / height)
  const [columns, rows] = [Math.round(width * scale), Math.round(height * scale)]
  const pixels = withMats('cannot fit the frame', (own) =>
    own(
      own(new cv.Mat(data, height, width, cv.CV_8UC3)).resize(rows, columns, 0, 0, scale < 1 ? cv.INTER_AREA : cv.INTER_LINEAR),
    ).getData(),
  )
  const planes = new Float32Array(3 * WIDTH * HEIGHT)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let channel = 0; channel < 3; channel++) {
        planes[(channel * HEIGHT + row) * WIDTH + column] = pixels[(row * columns + column) * 3 + channel] ?? 0
      }
    }
  }
  return { planes, scale }
}

const outputOf = (outputs: Ort.InferenceSession.OnnxValueMapType, name: string): Float32Array => {
  const data = outputs[name]?.data
  if (!(data instanceof Float32Array)) throw new Error(`the network has no output ${name}: this is not the YuNet of libfacedetection`)
  return data
}

/** The faces of one grid of cells, in px of the network's input. */
const decoded = (outputs: Ort.InferenceSession.OnnxValueMapType, stride: number): Reference[] => {
  const [classes, objects] = [outputOf(outputs, `cls_${stride}`), outputOf(outputs, `obj_${stride}`)]
  const [boxes, points] = [outputOf(outputs, `bbox_${stride}`), outputOf(outputs, `kps_${stride}`)]
  const columns = WIDTH / stride
  const faces: Reference[] = []
  for (let cell = 0; cell < classes.length; cell++) {
    const score = Math.sqrt((classes[cell] ?? 0) * (objects[cell] ?? 0))
    if (score < MIN_SCORE) continue
    const [column, row] = [cell % columns, Math.floor(cell / columns)]
    const box = (index: number): number => boxes[4 * cell + index] ?? 0
    const point = (index: number): Point => [
      ((points[10 * cell + 2 * index] ?? 0) + column) * stride,
      ((points[10 * cell + 2 * index + 1] ?? 0) + row) * stride,
    ]
    const [width, height] = [Math.exp(box(2)) * stride, Math.exp(box(3)) * stride]
    faces.push({
      score,
      box: [(box(0) + column) * stride - width / 2, (box(1) + row) * stride - height / 2, width, height],
      right: point(0),
      left: point(1),
    })
  }
  return faces
}

/** @param file yunet_n_dynamic.onnx */
export const createYunet = async (file: string): Promise<(frame: Frame) => Promise<Reference | null>> => {
  const ort = await onnxRuntime()
  const session = await ort.InferenceSession.create(file, { intraOpNumThreads: 1, logSeverityLevel: 3 })
  return async (frame) => {
    const { planes, scale } = fitted(frame)
    const outputs = await session.run({ input: new ort.Tensor('float32', planes, [1, 3, HEIGHT, WIDTH]) })
    const faces = STRIDES.flatMap((stride) => decoded(outputs, stride))
    // Of one face's many boxes the surest; of faces the biggest: weighing score by size does both.
    const weight = ({ score, box }: Reference): number => score ** 4 * box[2] * box[3]
    const best = faces.reduce<Reference | null>((top, face) => (top === null || weight(face) > weight(top) ? face : top), null)
    if (best === null) return null
    const back = ([x, y]: Point): Point => [x / scale, y / scale]
    const [x, y, width, height] = best.box
    return {
      score: best.score,
      box: [x / scale, y / scale, width / scale, height / scale],
      left: back(best.left),
      right: back(best.right),
    }
  }
}
