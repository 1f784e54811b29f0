/** The classifier port: eye patches in, how closed each eye is out. */
import type { GrayPatch } from '../pixels.js'

export type EyeState = {
  /** Calibrated probability that the eye is closed, 0..1. */
  closed: number
  /** Probability that the patch shows an eye whose lids can be judged, 0..1; below 0.5 `closed` means nothing. */
  visible: number
}

/** One runtime that runs the model. The vision process makes one at its start and closes it at its end. */
export interface Classifier {
  readonly name: ClassifierKind
  /** Side of the square gray patch it takes, px. Whoever cuts patches asks this. */
  readonly inputSize: number
  /**
   * Judges all patches in one run of the network and gives one state each, in the same order; no patches, no states. One call at a time.
   * Throws ClassifierError `patch-size` when a patch is not inputSize × inputSize, `run-failed` when the runtime fails.
   */
  classify(patches: readonly GrayPatch[]): Promise<EyeState[]>
  /** Frees the runtime's memory. No call after it. */
  close(): Promise<void>
}

export type ClassifierKind = 'onnx' | 'tfjs'

/** What ONNX Runtime computes with. */
export type Provider = 'cpu' | 'cuda' | 'tensorrt'

export type ClassifierOptions = {
  kind: ClassifierKind
  /** Path of the .onnx file, or of the tfjs model.json whose weights lie beside it. */
  model: string
  /** Threads inside one operation, at least 1; default 1: two patches are too little work to share. tfjs does not heed it. */
  threads?: number
  /** Default cpu. tfjs does not heed it. */
  provider?: Provider
}
