/** Buzzer and light on GPIO lines, through the package onoff over the kernel's sysfs. */
import { createRequire } from 'node:module'
import type { Gpio } from 'onoff'
import { GPIO_ROOT, globalNumber, type LineName } from './sysfs.js'
import { AlarmError, type AlarmOutput, type Lines, OFF } from './types.js'

/** Where a buzzer or light hangs. `activeLow`: the part is on while the line is low. */
export type Wire = LineName & { activeLow: boolean }

/**
 * Takes both lines, off from the first moment.
 * @throws AlarmError when a line cannot be had
 */
export const createOnoffOutput = (wires: { buzzer: Wire; led: Wire }): AlarmOutput => {
  const { Gpio } = loadOnoff()
  const buzzer = take(Gpio, 'buzzer', wires.buzzer)
  const led = take(Gpio, 'led', wires.led)
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

// loaded on first use only: it needs a native addon (epoll), which a desk without GPIO may do without
const loadOnoff = (): typeof import('onoff') => {
  try {
    return createRequire(import.meta.url)('onoff')
  } catch (cause) {
    throw new AlarmError(
      'gpio-library-missing',
      'the package onoff cannot be loaded; run: npm rebuild epoll (or set alarm.output to console)',
      { cause },
    )
  }
}

const take = (GpioLine: typeof Gpio, part: 'buzzer' | 'led', wire: Wire): Gpio => {
  const number = globalNumber(wire)
  try {
    // 'high' and 'low' set direction and level in one write, so the line does not flash between; they are physical levels
    const line = new GpioLine(number, wire.activeLow ? 'high' : 'low', 'none', { activeLow: wire.activeLow })
    // onoff keeps silent when a line that was exported before cannot be set up
    if (line.direction() !== 'in' && line.activeLow() === wire.activeLow) return line
  } catch (cause) {
    throw refused(part, wire, number, cause)
  }
  const where = describe(part, wire, number)
  throw new AlarmError(
    'gpio-no-rights',
    `${where} was set up by someone else and may not be changed by this user; run: echo ${number} | sudo tee ${GPIO_ROOT}/unexport`,
  )
}

const write = (line: Gpio, part: string, on: boolean): void => {
  try {
    line.writeSync(on ? 1 : 0)
  } catch (cause) {
    throw new AlarmError('gpio-failed', `the ${part} cannot be switched: ${reasonOf(cause)}`, { cause })
  }
}

const refused = (part: 'buzzer' | 'led', wire: Wire, number: number, cause: unknown): AlarmError => {
  const where = describe(part, wire, number)
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  switch (code) {
    case 'EBUSY':
      return new AlarmError(
        'gpio-busy',
        `${where} is in use by something else; see: sudo cat /sys/kernel/debug/gpio, or choose another line`,
        { cause },
      )
    case 'EACCES':
    case 'EPERM':
      return new AlarmError(
        'gpio-no-rights',
        `${where} may not be used by this user; add it to the group gpio: sudo usermod -aG gpio USER, then log in again`,
        { cause },
      )
    case 'EINVAL':
      return new AlarmError('gpio-line-out-of-range', `${where} is refused by the kernel as no usable line; choose another line`, { cause })
    default:
      return new AlarmError('gpio-failed', `${where} cannot be taken: ${reasonOf(cause)}`, { cause })
  }
}

const describe = (part: string, { line, chip }: Wire, number: number): string =>
  `the ${part}'s GPIO line ${line} of ${chip} (sysfs number ${number})`

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
