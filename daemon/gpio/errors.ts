/** What can be wrong with a GPIO line, whatever hangs on it. */

export const gpioErrorCodes = [
  'gpio-absent',
  'gpio-chip-unknown',
  'gpio-line-unknown',
  'gpio-line-out-of-range',
  'gpio-busy',
  'gpio-no-rights',
  'gpio-no-interrupts',
  'gpio-failed',
  'gpio-library-missing',
] as const

export type GpioErrorCode = (typeof gpioErrorCodes)[number]

/** A line cannot be had, switched or read. The message says which, why, and the cure. */
export class GpioError extends Error {
  override readonly name = 'GpioError'
  constructor(
    readonly code: GpioErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** The words of a fault that somebody else threw. */
export const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** What to do where there is no GPIO at all. @param key section of the configuration */
export const withoutGpio = (key: string): string =>
  key.startsWith('alarm') ? 'on a desk set alarm.output to console' : `without GPIO, set ${key.split('.')[0]}.kind to none`
