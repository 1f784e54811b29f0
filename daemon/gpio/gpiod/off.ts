/** A line off from another process than the daemon, whatever state that is in. */
import { readdirSync, readFileSync } from 'node:fs'
import { GpioError } from '../errors.js'
import type { Part, Wire } from '../types.js'
import { set } from './output.js'
import { findPlace } from './places.js'
import { describe } from './refusals.js'
import { commandsHere, type Place, runTool } from './tools.js'

// A holder that was killed has given its line back within this many tries; each takes a few ms.
const TRIES = 20

/** Ends whatever gpioset holds the line, then sets it off. @throws GpioError */
export const turnOff = (part: Part, wire: Wire): void => {
  const commands = commandsHere(part.key)
  const place = findPlace(commands, part, wire)
  const command = set(commands, place, wire.activeLow ? '1' : '0')
  let said = runTool(command)
  for (let tries = 0; !said.ok && tries < TRIES; tries++) {
    for (const pid of holdersOf(place)) process.kill(pid, 'SIGKILL')
    said = runTool(command)
  }
  if (said.ok) return
  throw new GpioError('gpio-failed', `${describe(part, wire)} cannot be switched off: ${said.complaint}; try as root, or cut its power`)
}

/** Processes `gpioset … CHIP LINE=LEVEL` of this line. */
const holdersOf = ({ chip, line }: Place): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const words = commandOf(pid)
      const isGpioset = words.some((word) => /(^|\/)gpioset$/.test(word))
      return isGpioset && words.includes(chip) && new RegExp(`^${line}=[01]$`).test(words.at(-1) ?? '')
    })
    .map(Number)

const commandOf = (pid: string): string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
  } catch {
    // it has ended meanwhile
    return []
  }
}
