/** Buzzer and light on GPIO lines. */
import { type Gpio, GpioError, type OutputLine, type Part, type Wire } from '../gpio/index.js'
import type { AlarmOutput, Lines } from './types.js'

/** How the two are called in messages, and where they stand in the configuration. */
export const parts = { buzzer: { name: 'buzzer', key: 'alarm.buzzer' }, led: { name: 'led', key: 'alarm.led' } } as const

/** Told of a line that cannot be had, and is done without. */
export type OnRefused = (fault: GpioError) => void

/** In place of a line that could not be had: each step says so. */
const refusing = (fault: GpioError): OutputLine => ({
  write() {
    throw fault
  },
  close: () => undefined,
})

/**
 * Takes both lines, off from the first moment.
 * @param onRefused where it is given, the other line goes on without one that cannot be had
 * @throws GpioError when a line cannot be had, where nobody would be told
 */
export const createLinesOutput = (gpio: Gpio, wires: { buzzer: Wire; led: Wire }, onRefused?: OnRefused): AlarmOutput => {
  const take = (part: Part, wire: Wire): OutputLine => {
    try {
      return gpio.takeOutput(part, wire)
    } catch (fault) {
      if (onRefused === undefined || !(fault instanceof GpioError)) throw fault
      onRefused(fault)
      return refusing(fault)
    }
  }
  const buzzer = take(parts.buzzer, wires.buzzer)
  const led = take(parts.led, wires.led)
  let closed = false
  return {
    set(lines: Lines) {
      if (closed) return
      // the buzzer first, and the light though the buzzer fails: one of them is better than none
      try {
        buzzer.write(lines.buzzer)
      } finally {
        led.write(lines.led)
      }
    },
    close() {
      closed = true
      buzzer.close()
      led.close()
    },
  }
}
