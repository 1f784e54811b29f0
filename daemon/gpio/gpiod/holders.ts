/** Whatever holds a line by gpioset: of a keeper that was killed, of a daemon that hangs. */
import { readdirSync, readFileSync } from 'node:fs'
import { type Place, runTool, type Said } from './tools.js'

// A holder that was killed has given its line back within this many tries; each takes a few ms.
const TRIES = 20

/** Sets a line, by killing whatever gpioset holds it. @param command sets it and ends */
export const takeBack = (place: Place, command: readonly string[]): Said => {
  let said = runTool(command)
  for (let tries = 0; !said.ok && /resource busy/i.test(said.complaint) && tries < TRIES; tries++) {
    killHolders(place)
    said = runTool(command)
  }
  return said
}

export const killHolders = (place: Place): void => {
  for (const pid of holdersOf(place)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // it has ended meanwhile, or is another user's: then the line stays busy, and that is said
    }
  }
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
