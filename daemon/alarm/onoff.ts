/** Buzzer and light on GPIO lines, through the package onoff over the kernel's sysfs. */
import type { Gpio } from 'onoff'
import { GpioError, reasonOf } from '../gpio/errors.js'
import { takeOutput, type Wire } from '../gpio/output.js'
import { type AlarmOutput, type Lines, OFF } from './types.js'

/** How the two are called in messages, and where they stand in the configuration. */
export const parts = { buzzer: { name: 'buzzer', key: 'alarm.buzzer' }, led: { name: 'led', key: 'alarm.led' } } as const

/**
 * Takes both lines, off from the first moment.
 * @throws GpioError when a line cannot be had
 */
export const createOnoffOutput = (wires: { buzzer: Wire; led: Wire }): AlarmOutput => {
  const buzzer = takeOutput(parts.buzzer, wires.buzzer)
  const led = takeOutput(parts.led, wires.led)
  let closed = false
  const set = (lines: Lines): void => {
    if (closed) return
    // the buzzer first, and the light though the buzzer fails: one of them is better than none
    try {
      write(buzzer, 'buzzer', lines.buzzer)
    } finally {
      write(led, 'led', lines.led)
    }
  }
  return {
    set,
    close() {
      if (closed) return
      try {
        set(OFF)
      } catch {
        // the hardware is gone; there is nothing left to switch, and whoever closes is on the way out
      }
      closed = true
      // Not unexported: a line given back becomes an input on some kernels, and an active-low buzzer may then sound.
      // Left as it is, it stays driven to "off"; the next start takes it over.
    },
  }
}

const write = (line: Gpio, part: string, on: boolean): void => {
  try {
    line.writeSync(on ? 1 : 0)
  } catch (cause) {
    throw new GpioError('gpio-failed', `the ${part} cannot be switched: ${reasonOf(cause)}`, { cause })
  }
}
