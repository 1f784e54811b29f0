/** What can be wrong with a recording or with where its overlay should go. */
export const replayErrorCodes = ['recording-missing', 'log-invalid', 'overlay-refused'] as const

type ReplayErrorCode = (typeof replayErrorCodes)[number]

export class ReplayError extends Error {
  readonly code: ReplayErrorCode
  constructor(code: ReplayErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'ReplayError'
    this.code = code
  }
}
