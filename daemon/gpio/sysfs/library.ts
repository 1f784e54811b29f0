/** The package onoff, loaded on first use: it needs a native addon (epoll), which a desk without GPIO may do without. */
import { createRequire } from 'node:module'
import { GpioError } from '../errors.js'

/** @throws GpioError `gpio-library-missing` */
export const loadOnoff = (): typeof import('onoff') => {
  try {
    return createRequire(import.meta.url)('onoff')
  } catch (cause) {
    throw new GpioError(
      'gpio-library-missing',
      'the package onoff cannot be loaded; run: npm rebuild epoll, or set gpio.backend to gpiod (or do without GPIO: alarm.output console, speed, button and ignition none)',
      cause,
    )
  }
}
