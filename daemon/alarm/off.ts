/** Both lines off from outside the daemon, whatever state it is in: alive, hung, or killed with the alarm on. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Config } from '../config/index.js'
import { GpioError, reasonOf } from '../gpio/errors.js'
import type { Wire } from '../gpio/output.js'
import { globalNumber, lineFolder } from '../gpio/sysfs.js'
import { parts } from './onoff.js'

/**
 * Switches buzzer and light off. Needs neither onoff nor its addon. The lines stay exported, so that they stay driven to "off".
 * A daemon that lives and has cause for an alarm switches them on again at its next beep, within 4 s: to end that, stop the service.
 * A line that nobody has exported cannot be on by our doing and is left alone.
 * @throws GpioError when a line that is on cannot be switched off; both are tried first
 */
export const turnAllOff = (alarm: Config['alarm']): void => {
  if (alarm.output !== 'onoff') return
  const faults: unknown[] = []
  for (const part of ['buzzer', 'led'] as const) {
    try {
      turnOff(part, alarm[part])
    } catch (fault) {
      faults.push(fault)
    }
  }
  if (faults.length > 0) throw faults[0]
}

const turnOff = (part: 'buzzer' | 'led', wire: Wire): void => {
  const number = globalNumber(parts[part], wire)
  const folder = lineFolder(number)
  if (!existsSync(folder)) return
  try {
    // of a line that is an input no level can be written; then nothing of ours is on
    if (readFileSync(`${folder}/direction`, 'utf8').trim() === 'in') return
    // `value` counts in the line's own sense, which whoever exported it may have set otherwise than our configuration
    writeFileSync(`${folder}/active_low`, wire.activeLow ? '1' : '0')
    writeFileSync(`${folder}/value`, '0')
  } catch (cause) {
    throw new GpioError(
      'gpio-failed',
      `the ${part} (line ${wire.line} of ${wire.chip}) cannot be switched off: ${reasonOf(cause)}; try as root, or cut its power`,
      { cause },
    )
  }
}
