/** A line that we drive, by the package onoff over the kernel's sysfs. */
import type { Gpio } from 'onoff'
import { loadOnoff } from './library.js'
import { refused, setUpByOthers } from './refusals.js'
import { globalNumber, type LineName, type Part } from './sysfs.js'

/** Where something hangs. `activeLow`: it is on while the line is low. */
export type Wire = LineName & { activeLow: boolean }

/**
 * Takes a line, off from the first moment.
 * @throws GpioError when it cannot be had
 */
export const takeOutput = (part: Part, wire: Wire): Gpio => {
  const { Gpio: GpioLine } = loadOnoff()
  const number = globalNumber(part, wire)
  try {
    // 'high' and 'low' set direction and level in one write, so the line does not flash between; they are physical levels
    const line = new GpioLine(number, wire.activeLow ? 'high' : 'low', 'none', { activeLow: wire.activeLow })
    // onoff keeps silent when a line that was exported before cannot be set up
    if (line.direction() !== 'in' && line.activeLow() === wire.activeLow) return line
  } catch (cause) {
    throw refused(part, wire, number, cause)
  }
  throw setUpByOthers(part, wire, number)
}
