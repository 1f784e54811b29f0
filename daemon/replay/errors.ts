/** What can be wrong with a recording or with where its overlay should go. */
export class ReplayError extends Error {
  readonly code: 'recording-missing' | 'log-invalid' | 'overlay-refused'
  constructor(code: ReplayError['code'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'ReplayError'
    this.code = code
  }
}
