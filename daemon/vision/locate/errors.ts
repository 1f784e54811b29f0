/** What can be wrong with the models that find face and eyes. */
import { CodedError } from '../../coded.js'

export const locatorErrorCodes = [
  /** No file is there. */
  'locator-model-missing',
  /** The file is not the detector that it should be. */
  'locator-model-wrong',
  /** Its bytes are not those that belong to the program, or what proves them is missing. */
  'locator-model-damaged',
  /** It gives other numbers on this machine than where it was made. */
  'locator-model-unproven',
] as const

type LocatorErrorCode = (typeof locatorErrorCodes)[number]

export class LocatorError extends CodedError<LocatorErrorCode> {
  override readonly name = 'LocatorError'
}
