/** Runs a model over many patches, through the daemon's own classifier. */
import { createClassifier } from '../../../daemon/vision/classify/index.js'
import type { Classifier, EyeState } from '../../../daemon/vision/classify/types.js'
import type { GrayPatch } from '../../../daemon/vision/pixels.js'
import type { Judged } from './scores.js'

const CHUNK = 256

const patchAt = (pixels: Buffer, index: number, side: number): GrayPatch => ({
  width: side,
  height: side,
  data: pixels.subarray(index * side * side, (index + 1) * side * side),
})

/** The states of the patches in these rows of `pixels` (64×64 gray bytes each), in their order. */
export const statesOf = async (model: string, pixels: Buffer, rows: readonly number[]): Promise<EyeState[]> => {
  const classifier = await openModel(model)
  const states: EyeState[] = []
  for (let start = 0; start < rows.length; start += CHUNK) {
    const part = rows.slice(start, start + CHUNK)
    states.push(...(await classifier.classify(part.map((row) => patchAt(pixels, row, classifier.inputSize)))))
  }
  await classifier.close()
  return states
}

/** Judges the patches in these rows; `closed` holds the labels of all. */
export const judge = async (model: string, pixels: Buffer, rows: readonly number[], closed: readonly boolean[]): Promise<Judged[]> => {
  const states = await statesOf(model, pixels, rows)
  return states.map((state, at) => ({ closed: closed[rows[at] ?? -1] === true, probability: state.closed, visible: state.visible }))
}

const openModel = (model: string): Promise<Classifier> => createClassifier({ kind: 'onnx', model, threads: 2 })

const BLOCKS = 12
const BLOCK_ROUNDS = 50

/** Milliseconds for the two eyes of a frame, on one thread: the median of the quietest of twelve blocks, because others use the machine too. */
export const frameMs = async (model: string, pixels: Buffer): Promise<number> => {
  const classifier = await createClassifier({ kind: 'onnx', model })
  const eyes = [patchAt(pixels, 0, classifier.inputSize), patchAt(pixels, 1, classifier.inputSize)]
  const medians: number[] = []
  for (let block = 0; block < BLOCKS; block++) {
    const times: number[] = []
    for (let round = 0; round < BLOCK_ROUNDS; round++) {
      const start = performance.now()
      await classifier.classify(eyes)
      times.push(performance.now() - start)
    }
    medians.push(times.sort((a, b) => a - b)[BLOCK_ROUNDS / 2] ?? Number.NaN)
  }
  await classifier.close()
  return Math.min(...medians)
}
