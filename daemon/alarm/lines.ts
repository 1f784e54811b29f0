/** Buzzer and light on GPIO lines. */
import type { Gpio, Wire } from '../gpio/index.js'
import type { AlarmOutput, Lines } from './types.js'

/** How the two are called in messages, and where they stand in the configuration. */
export const parts = { buzzer: { name: 'buzzer', key: 'alarm.buzzer' }, led: { name: 'led', key: 'alarm.led' } } as const

/**
 * Takes both lines, off from the first moment.
 * @throws GpioError when a line cannot be had
 */
export const createLinesOutput = (gpio: Gpio, wires: { buzzer: Wire; led: Wire }): AlarmOutput => {
  const buzzer = gpio.takeOutput(parts.buzzer, wires.buzzer)
  const led = gpio.takeOutput(parts.led, wires.led)
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
