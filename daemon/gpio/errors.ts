/** What can be wrong with a GPIO line, whatever hangs on it. */
import { CodedError } from '../coded.js'

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
export class GpioError extends CodedError<GpioErrorCode> {
  override readonly name = 'GpioError'
}

/** What to do where there is no GPIO at all. @param key section of the configuration */
export const withoutGpio = (key: string): string =>
  key.startsWith('alarm') ? 'on a desk set alarm.output to console' : `without GPIO, set ${key.split('.')[0]}.kind to none`
