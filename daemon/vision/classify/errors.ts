/** What can go wrong with a classifier. */
import { CodedError } from '../../coded.js'
import type { Provider } from './types.js'

export const classifierErrorCodes = [
  /** The model's file is not there or cannot be read. */
  'model-missing',
  /** The file is there, and its bytes are not those its .sha256 file states. */
  'model-damaged',
  /** It is a model of ours, and gives other numbers on this machine than where it was made. */
  'model-unproven',
  /** The file is there and is not a model of ours. */
  'model-invalid',
  /** The runtime's package is not installed or does not load. */
  'runtime-missing',
  /** ONNX Runtime has not the provider that was asked for, or cannot run the model with it. */
  'provider-missing',
  /** A patch does not have the size the model takes. */
  'patch-size',
  /** The runtime failed on good patches, or gave no numbers. */
  'run-failed',
] as const

export type ClassifierErrorCode = (typeof classifierErrorCodes)[number]

export class ClassifierError extends CodedError<ClassifierErrorCode> {
  override readonly name = 'ClassifierError'
}

// A provider that is not there, or that computes something else than the CPU. A model that is missing or damaged is so on both.
const ofProvider: ReadonlySet<ClassifierErrorCode> = new Set(['provider-missing', 'model-unproven', 'run-failed'])

/** Whether the same model is worth another try on the CPU. */
export const isOfProvider = (fault: unknown, provider: Provider): fault is ClassifierError =>
  fault instanceof ClassifierError && provider !== 'cpu' && ofProvider.has(fault.code)
