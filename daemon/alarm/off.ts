/** Both lines off from outside the daemon, whatever state it is in: alive, hung, or killed with the alarm on. */
import type { Config } from '../config/index.js'
import { openGpio } from '../gpio/index.js'
import { parts } from './lines.js'

/**
 * Switches buzzer and light off.
 * A daemon that lives and has cause for an alarm switches them on again at its next beep, within 4 s: to end that, stop the service.
 * @throws GpioError when a line that is on cannot be switched off; both are tried first
 */
export const turnAllOff = ({ alarm, gpio: way }: Pick<Config, 'alarm' | 'gpio'>): void => {
  if (alarm.output !== 'gpio') return
  const gpio = openGpio(way)
  const faults: unknown[] = []
  for (const part of ['buzzer', 'led'] as const) {
    try {
      gpio.turnOff(parts[part], alarm[part])
    } catch (fault) {
      faults.push(fault)
    }
  }
  if (faults.length > 0) throw faults[0]
}
