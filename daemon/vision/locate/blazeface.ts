/** One BlazeFace network in ONNX Runtime: a square of the frame in, faces in the frame's px out. */
import { existsSync } from 'node:fs'
import type * as Ort from 'onnxruntime-node'
import { onnxRuntime } from '../onnxruntime.js'
import type { Frame, Square } from '../pixels.js'
import { fullRangeAnchors, shortRangeAnchors } from './anchors.js'
import { type Candidate, decode } from './decode.js'
import { LocatorError } from './errors.js'
import { beginProof, type Network } from './golden.js'
import { suppress } from './nms.js'
import type { Point } from './types.js'

/** A face as a network saw it, in the frame's px. Left and right are the person's own. */
export type Detection = {
  /** 0..1 */
  score: number
  center: Point
  /** Of the box, which lies as the square lay that was searched. */
  width: number
  height: number
  rightEye: Point
  leftEye: Point
  noseTip: Point
  mouth: Point
  rightEar: Point
  leftEar: Point
}

export interface Detector {
  /** All faces in the square, the surest first. */
  detect(frame: Frame, square: Square, minScore: number): Promise<Detection[]>
  close(): Promise<void>
}

const anchorsOf = { short: shortRangeAnchors, full: fullRangeAnchors } as const

/** The map from 0..1 of a square to the frame's px. */
const placing = ({ center: [x, y], size, roll }: Square): ((u: number, v: number) => Point) => {
  const cos = Math.cos((roll * Math.PI) / 180) * size
  const sin = Math.sin((roll * Math.PI) / 180) * size
  return (u, v) => [x + (u - 0.5) * cos - (v - 0.5) * sin, y + (u - 0.5) * sin + (v - 0.5) * cos]
}

const toFrame = (found: Candidate, square: Square): Detection => {
  const place = placing(square)
  const point = (index: number): Point => place(found.points[2 * index] ?? 0, found.points[2 * index + 1] ?? 0)
  return {
    score: found.score,
    center: place(found.x, found.y),
    width: found.width * square.size,
    height: found.height * square.size,
    rightEye: point(0),
    leftEye: point(1),
    noseTip: point(2),
    mouth: point(3),
    rightEar: point(4),
    leftEar: point(5),
  }
}

const openSession = async (file: string, threads: number): Promise<{ ort: typeof Ort; session: Ort.InferenceSession }> => {
  if (!existsSync(file)) {
    throw new LocatorError(
      'locator-model-missing',
      `there is no face detector ${file}: run scripts/setup, or node_modules/.bin/tsx scripts/convert-detectors.ts, which convert it`,
    )
  }
  const ort = await onnxRuntime()
  try {
    const session = await ort.InferenceSession.create(file, { intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 })
    return { ort, session }
  } catch (cause) {
    throw new LocatorError(
      'locator-model-wrong',
      `${file} cannot be loaded as an ONNX model: delete it and run scripts/setup, which converts it anew`,
      cause,
    )
  }
}

/** The output whose last dimension is `last`: the converter's names are the network's own and differ between the two. */
const outputBy = (outputs: Ort.InferenceSession.OnnxValueMapType, last: number): Float32Array | null => {
  for (const { data, dims } of Object.values(outputs)) if (dims.at(-1) === last && data instanceof Float32Array) return data
  return null
}

/** Side of the one gray plane that a network takes, px; null where it takes anything else. */
const sideOf = (inputs: readonly Ort.InferenceSession.ValueMetadata[]): number | null => {
  const [input, ...others] = inputs
  if (input === undefined || others.length > 0 || !input.isTensor) return null
  const [, planes, rows, columns] = input.shape
  return planes === 1 && typeof rows === 'number' && rows === columns ? rows : null
}

/** `plane` is the memory of its input: what is written there need not be copied. */
type Blazeface = Network & { plane: Float32Array; anchors: Float32Array; close(): Promise<void> }

/**
 * Loads the network of a detector, which proves nothing yet but its shape. One call of `run` at a time: what it is given is copied.
 * @throws LocatorError when the file is missing or is not that detector
 */
export const openBlazeface = async (file: string, kind: keyof typeof anchorsOf, threads: number): Promise<Blazeface> => {
  const { ort, session } = await openSession(file, threads)
  const wrong = () =>
    new LocatorError(
      'locator-model-wrong',
      `${file} is not the ${kind}-range BlazeFace detector: delete it and run scripts/setup, which converts it anew`,
    )
  const inputPx = sideOf(session.inputMetadata)
  const [input] = session.inputNames
  if (inputPx === null || input === undefined) throw wrong()
  const anchors = anchorsOf[kind](inputPx)

  // The input's memory serves all calls.
  const plane = new Float32Array(inputPx * inputPx)
  const feeds = { [input]: new ort.Tensor('float32', plane, [1, 1, inputPx, inputPx]) }
  const run: Network['run'] = async (square) => {
    if (square !== plane) plane.set(square)
    const outputs = await session.run(feeds)
    const regressors = outputBy(outputs, 16)
    const logits = outputBy(outputs, 1)
    if (regressors === null || logits === null || logits.length !== anchors.length / 2) throw wrong()
    return { regressors, logits }
  }
  // A first run on nothing proves the shapes now rather than on the road, and warms the memory pools.
  try {
    await run(plane)
  } catch (cause) {
    throw cause instanceof LocatorError ? cause : Object.assign(wrong(), { cause })
  }
  return { inputPx, plane, anchors, run, close: () => session.release() }
}

/**
 * Loads a detector, and lets it prove itself.
 * @param file models/blazeface-short-gray.onnx or -full-gray.onnx
 * @throws LocatorError when the file is missing, damaged or not that detector, or gives other answers than where it was made
 */
export const createBlazeface = async (file: string, kind: keyof typeof anchorsOf, threads: number): Promise<Detector> => {
  const proof = existsSync(file) ? await beginProof(file) : null
  const { inputPx, plane, anchors, run, close } = await openBlazeface(file, kind, threads)
  try {
    await proof?.run({ inputPx, run })
  } catch (fault) {
    await close()
    throw fault
  }
  return {
    detect: async (frame, square, minScore) => {
      frame.cutPlane(square, inputPx, plane)
      const { regressors, logits } = await run(plane)
      return suppress(decode(regressors, logits, anchors, inputPx, minScore)).map((found) => toFrame(found, square))
    },
    close,
  }
}
