/** A line off from another process than the daemon, whatever state that is in. */
import { GpioError } from '../errors.js'
import type { Part, Wire } from '../types.js'
import { takeBack } from './holders.js'
import { set } from './output.js'
import { findPlace } from './places.js'
import { describe } from './refusals.js'
import { commandsHere } from './tools.js'

/** Ends whatever gpioset holds the line, then sets it off. @throws GpioError */
export const turnOff = (part: Part, wire: Wire): void => {
  const commands = commandsHere(part.key)
  const place = findPlace(commands, part, wire)
  const said = takeBack(place, set(commands, place, wire.activeLow ? '1' : '0'))
  if (said.ok) return
  throw new GpioError('gpio-failed', `${describe(part, wire)} cannot be switched off: ${said.complaint}; try as root, or cut its power`)
}
