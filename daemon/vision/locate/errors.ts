/** What can be wrong with the models that find face and eyes: no file there; a file that is not the detector it should be. */
import { CodedError } from '../../coded.js'
export const locatorErrorCodes = ['locator-model-missing', 'locator-model-wrong'] as const

type LocatorErrorCode = (typeof locatorErrorCodes)[number]

export class LocatorError extends CodedError<LocatorErrorCode> {
  override readonly name = 'LocatorError'
}
