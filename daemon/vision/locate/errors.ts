/** `locator-model-missing`: no file there. `locator-model-wrong`: a file that is not the detector it should be. */
export class LocatorError extends Error {
  readonly code: 'locator-model-missing' | 'locator-model-wrong'
  constructor(code: LocatorError['code'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'LocatorError'
    this.code = code
  }
}
