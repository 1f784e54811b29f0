/** What can go wrong with a classifier. */
import { CodedError } from '../../coded.js'

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
  /** A patch does not have the size the model takes. */
  'patch-size',
  /** The runtime failed on good patches, or gave no numbers. */
  'run-failed',
] as const

export type ClassifierErrorCode = (typeof classifierErrorCodes)[number]

export class ClassifierError extends CodedError<ClassifierErrorCode> {
  override readonly name = 'ClassifierError'
}
