/** What can go wrong with a classifier. */

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

export class ClassifierError extends Error {
  override readonly name = 'ClassifierError'

  constructor(
    readonly code: ClassifierErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** The first line of whatever was thrown: runtimes throw errors of many lines, and some throw strings. */
export const firstLine = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault)).split('\n')[0] ?? ''
