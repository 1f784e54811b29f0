/** Why a tool could not have a line, in a sentence with the cure. The tools end with the kernel's words, which LC_ALL=C keeps English. */
import { GpioError, withoutGpio } from '../errors.js'
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

/** Why the tools list no chip: there is none, or this user may open none. @param devices the names in /dev */
export const noChip = (key: string, devices: readonly string[]): GpioError => {
  const chip = devices.find((name) => name.startsWith('gpiochip'))
  return chip === undefined
    ? new GpioError(
        'gpio-absent',
        `this machine has no GPIO chip (no /dev/gpiochip*); on a board that has one its driver is not loaded, see: dmesg | grep -i gpio; ${withoutGpio(key)}`,
      )
    : new GpioError(
        'gpio-no-rights',
        `there is /dev/${chip}, and this user may not open it; add it to the group gpio: sudo usermod -aG gpio USER, then log in again`,
      )
}
