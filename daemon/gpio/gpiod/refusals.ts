/** Why a tool could not have a line, in a sentence with the cure. The tools end with the kernel's words, which LC_ALL=C keeps English. */
import { GpioError } from '../errors.js'
import type { LineName, Part } from '../types.js'

/** Such as: the buzzer's GPIO line 17 of pinctrl-bcm2711. */
export const describe = ({ name }: Part, { chip, line, lineName = null }: LineName): string =>
  `the ${name}'s GPIO line ${lineName ?? line} of ${chip}`

/** @param complaint what the tool said */
export const refused = (where: string, complaint: string): GpioError => {
  if (/resource busy/i.test(complaint)) {
    return new GpioError('gpio-busy', `${where} is in use by something else; gpioinfo shows by what; or choose another line`)
  }
  if (/permission denied|not permitted/i.test(complaint)) {
    return new GpioError(
      'gpio-no-rights',
      `${where} may not be used by this user; add it to the group gpio: sudo usermod -aG gpio USER, then log in again`,
    )
  }
  if (/no such device|no such file/i.test(complaint)) {
    return new GpioError('gpio-failed', `${where} is gone: its chip is no longer there (${complaint}); check its plug and cable`)
  }
  return new GpioError('gpio-failed', `${where} cannot be used: ${complaint || 'the tool of libgpiod ended without a word'}`)
}
