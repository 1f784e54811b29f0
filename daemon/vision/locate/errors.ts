/** What can be wrong with the models that find face and eyes: no file there; a file that is not the detector it should be. */
export const locatorErrorCodes = ['locator-model-missing', 'locator-model-wrong'] as const

type LocatorErrorCode = (typeof locatorErrorCodes)[number]

export class LocatorError extends Error {
  readonly code: LocatorErrorCode
  constructor(code: LocatorErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'LocatorError'
    this.code = code
  }
}
