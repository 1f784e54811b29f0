/** The kernel's numbers for GPIO lines: chip label + line of that chip → the global number by which sysfs knows the line. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { GpioError, withoutGpio } from '../errors.js'
import type { LineName, Part } from '../types.js'

/** The kernel's place; onoff knows no other. */
export const GPIO_ROOT = '/sys/class/gpio'

type Chip = { label: string; base: number; lines: number }

/**
 * The global number: the chip's base differs between boards and kernels (from kernel 6.6 on, it begins at 512), its label does not.
 * @throws GpioError when there is no such chip or line
 */
export const globalNumber = ({ key }: Part, { chip, line, lineName = null }: LineName): number => {
  if (lineName !== null) {
    throw new GpioError(
      'gpio-line-unknown',
      `sysfs knows no names of lines, and ${key}.lineName is ${lineName}; set gpio.backend to gpiod, or lineName to null and line to its number`,
    )
  }
  const chips = readChips(key)
  const named = chips.filter(({ label }) => label === chip)
  // a Pi 5 has several chips of one label on some kernels; the one with the most lines is the header's
  const found = named.sort((a, b) => b.lines - a.lines)[0]
  if (found === undefined) {
    const there = [...new Set(chips.map(({ label }) => label))].join(', ') || 'none'
    throw new GpioError('gpio-chip-unknown', `there is no GPIO chip ${chip} on this board; set ${key}.chip to one of: ${there}`)
  }
  if (line >= found.lines) {
    // Some write the kernel's number, as older guides do.
    const own = line - found.base
    const cure =
      own >= 0 && own < found.lines ? `${line} is the kernel's number of line ${own}: set ${key}.line to ${own}` : `correct ${key}.line`
    throw new GpioError('gpio-line-out-of-range', `GPIO chip ${chip} has lines 0 to ${found.lines - 1}, and not ${line}; ${cure}`)
  }
  return found.base + line
}

/** The folder of an exported line. */
export const lineFolder = (number: number): string => `${GPIO_ROOT}/gpio${number}`

const readChips = (key: string): Chip[] => {
  if (!existsSync(GPIO_ROOT)) {
    throw new GpioError(
      'gpio-absent',
      `this kernel has no ${GPIO_ROOT} (needs CONFIG_GPIO_SYSFS); set gpio.backend to gpiod, or ${withoutGpio(key)}`,
    )
  }
  return readdirSync(GPIO_ROOT)
    .filter((name) => /^gpiochip\d+$/.test(name))
    .map((name) => {
      const read = (what: string): string => readFileSync(`${GPIO_ROOT}/${name}/${what}`, 'utf8').trim()
      return { label: read('label'), base: Number(read('base')), lines: Number(read('ngpio')) }
    })
}
