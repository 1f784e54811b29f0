/** Runs a shipped model over many patches, through the daemon's own classifier. */
import { createClassifier } from '../../daemon/vision/classify/index.js'
import type { Classifier } from '../../daemon/vision/classify/types.js'
import type { GrayPatch } from '../../daemon/vision/pixels.js'
import type { Judged } from './scores.js'

const CHUNK = 256

const patchAt = (pixels: Buffer, index: number, side: number): GrayPatch => ({
  width: side,
  height: side,
  data: pixels.subarray(index * side * side, (index + 1) * side * side),
})

/** Judges patch after patch; `closed` holds the labels, `pixels` the gray bytes. */
export const judge = async (classifier: Classifier, pixels: Buffer, closed: readonly boolean[]): Promise<Judged[]> => {
  const judged: Judged[] = []
  for (let start = 0; start < closed.length; start += CHUNK) {
    const labels = closed.slice(start, start + CHUNK)
    const states = await classifier.classify(labels.map((_, at) => patchAt(pixels, start + at, classifier.inputSize)))
    states.forEach((state, at) => {
      judged.push({ closed: labels[at] === true, probability: state.closed })
    })
  }
  return judged
}

export const openModel = (model: string): Promise<Classifier> => createClassifier({ kind: 'onnx', model, threads: 2 })

/** Median milliseconds for the two eyes of a frame, on one thread, after a warm-up. */
export const frameMs = async (model: string, pixels: Buffer): Promise<number> => {
  const classifier = await createClassifier({ kind: 'onnx', model })
  const eyes = [patchAt(pixels, 0, classifier.inputSize), patchAt(pixels, 1, classifier.inputSize)]
  const times: number[] = []
  for (let round = 0; round < 600; round++) {
    const start = performance.now()
    await classifier.classify(eyes)
    if (round >= 100) times.push(performance.now() - start)
  }
  await classifier.close()
  return times.sort((a, b) => a - b)[times.length / 2] ?? Number.NaN
}
