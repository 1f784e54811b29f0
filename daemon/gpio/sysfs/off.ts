/** A line off from another process than the daemon, whatever state that is in. Needs neither onoff nor its addon. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { reasonOf } from '../../reason-of.js'
import { GpioError } from '../errors.js'
import type { Part, Wire } from '../types.js'
import { globalNumber, lineFolder } from './numbers.js'

/** It stays exported, so that it stays driven to "off". A line that nobody has exported cannot be on by our doing. @throws GpioError */
export const turnOff = (part: Part, wire: Wire): void => {
  const folder = lineFolder(globalNumber(part, wire))
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
      `the ${part.name} (line ${wire.line} of ${wire.chip}) cannot be switched off: ${reasonOf(cause)}; try as root, or cut its power`,
      cause,
    )
  }
}
