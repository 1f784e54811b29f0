/** A line that we drive, by the package onoff over the kernel's sysfs. */
import type { Gpio } from 'onoff'
import { reasonOf } from '../../reason-of.js'
import { GpioError } from '../errors.js'
import { startKeeper } from '../keeper.js'
import type { OutputLine, Part, Wire } from '../types.js'
import { loadOnoff } from './library.js'
import { globalNumber, lineFolder } from './numbers.js'
import { refused, setUpByOthers } from './refusals.js'

// $1: the line's file `value`. The kernel inverts it where the part is active low.
const KEEP = 'while read -r _; do :; done; echo 0 >"$1"'

/**
 * Takes a line, off from the first moment.
 * @throws GpioError when it cannot be had
 */
export const takeOutput = (part: Part, wire: Wire): OutputLine => {
  const number = globalNumber(part, wire)
  const line = take(part, wire, number)
  const keeper = startKeeper(KEEP, [`${lineFolder(number)}/value`], () => undefined)
  let closed = false
  const write = (isOn: boolean): void => {
    try {
      line.writeSync(isOn ? 1 : 0)
    } catch (cause) {
      throw new GpioError('gpio-failed', `the ${part.name} cannot be switched: ${reasonOf(cause)}`, cause)
    }
  }
  return {
    write(isOn) {
      if (closed) return
      write(isOn)
      // Not for the line's sake: a keeper that was killed comes back by it.
      keeper.tell('')
    },
    close() {
      if (closed) return
      closed = true
      try {
        write(false)
        // Its last part would come later, and could switch off the next one who has taken the line.
        keeper.kill()
      } catch {
        // the hardware is gone; there is nothing left to switch but by the keeper's own try, and whoever closes is on the way out
        keeper.close()
      }
      // Not unexported: a line given back becomes an input on some kernels, and an active-low buzzer may then sound.
      // Left as it is, it stays driven to "off"; the next start takes it over.
    },
  }
}

const take = (part: Part, wire: Wire, number: number): Gpio => {
  const { Gpio: GpioLine } = loadOnoff()
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
