/** Why a line could not be taken, in a sentence with the cure. */
import { reasonOf } from '../../reason-of.js'
import { GpioError } from '../errors.js'
import type { LineName, Part } from '../types.js'
import { GPIO_ROOT } from './numbers.js'

/** Such as: the buzzer's GPIO line 17 of pinctrl-bcm2711 (sysfs number 529). */
const describe = ({ name }: Part, { line, chip }: LineName, number: number): string =>
  `the ${name}'s GPIO line ${line} of ${chip} (sysfs number ${number})`

/** @param cause what onoff threw: an error of the kernel's files */
export const refused = (part: Part, wire: LineName, number: number, cause: unknown): GpioError => {
  const where = describe(part, wire, number)
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  switch (code) {
    case 'EBUSY':
      return new GpioError(
        'gpio-busy',
        `${where} is in use by something else; see: sudo cat /sys/kernel/debug/gpio, or choose another line`,
        cause,
      )
    case 'EACCES':
    case 'EPERM':
      return new GpioError(
        'gpio-no-rights',
        `${where} may not be used by this user; add it to the group gpio: sudo usermod -aG gpio USER, then log in again`,
        cause,
      )
    case 'EINVAL':
      return new GpioError('gpio-line-out-of-range', `${where} is refused by the kernel as no usable line; choose another line`, cause)
    default:
      return new GpioError('gpio-failed', `${where} cannot be taken: ${reasonOf(cause)}`, cause)
  }
}

/** A line that was exported before and that onoff, silently, could not set up as we need it. */
export const setUpByOthers = (part: Part, wire: LineName, number: number): GpioError =>
  new GpioError(
    'gpio-no-rights',
    `${describe(part, wire, number)} was set up by someone else and may not be changed by this user; run: echo ${number} | sudo tee ${GPIO_ROOT}/unexport`,
  )

/** A line that cannot tell of changes. */
export const noInterrupts = (part: Part, wire: LineName, number: number): GpioError =>
  new GpioError('gpio-no-interrupts', `${describe(part, wire, number)} cannot tell of changes (it has no interrupt); choose another line`)
