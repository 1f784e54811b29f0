/** What can be wrong with a recording or with where its overlay should go. */
import { CodedError } from '../coded.js'
export const replayErrorCodes = ['recording-missing', 'log-invalid', 'overlay-refused'] as const

type ReplayErrorCode = (typeof replayErrorCodes)[number]

export class ReplayError extends CodedError<ReplayErrorCode> {
  override readonly name = 'ReplayError'
}
