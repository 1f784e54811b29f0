/** A line that we drive, by a keeper that holds it with libgpiod's gpioset. */
import type { GpioError } from '../errors.js'
import { startKeeper } from '../keeper.js'
import type { OutputLine, Part, Wire } from '../types.js'
import { killHolders, takeBack } from './holders.js'
import { findPlace } from './places.js'
import { describe, refused } from './refusals.js'
import { type Commands, commandsHere, type Place, runTool } from './tools.js'

/** The physical level, since the polarities of two lines may differ. */
const levelOf = (isOn: boolean, { activeLow }: Wire): string => (isOn === activeLow ? '0' : '1')

/**
 * Reads levels, a line each, and holds the newest. A holder that somebody killed is known by its state in /proc, and replaced.
 * Between two holders the line is nobody's for the time of one start, about 2 ms; a level that stays is held without a gap.
 */
const keep = (commands: Commands, place: Place, off: string): string => `
held= level=
holds() {
  [ -n "$held" ] && { read -r _ _ state _ <"/proc/$held/stat"; } 2>/dev/null && [ "$state" != Z ]
}
release() {
  [ -z "$held" ] || { kill -KILL "$held"; wait "$held"; } 2>/dev/null
  held=
}
while read -r wanted; do
  [ "$wanted" = "$level" ] && holds && continue
  release
  ${commands.hold(place).join(' ')}"$wanted" <&- &
  held=$! level=$wanted
done
release
exec ${commands.set(place).join(' ')}${off} 2>/dev/null
`

/** Takes a line, off from the first moment. @throws GpioError when it cannot be had */
export const takeOutput = (part: Part, wire: Wire): OutputLine => {
  const commands = commandsHere(part.key)
  const place = findPlace(commands, part, wire)
  const off = levelOf(false, wire)
  const { ok, complaint } = runTool(set(commands, place, off))
  if (!ok) throw refused(describe(part, wire), complaint)
  let fault: GpioError | null = null
  let closed = false
  const keeper = startKeeper(keep(commands, place, off), [], (text) => {
    fault = refused(describe(part, wire), text)
  })
  keeper.tell(off)
  return {
    write(isOn) {
      if (closed) return
      // What it had started holds the line still.
      if (!keeper.isAlive()) killHolders(place)
      keeper.tell(levelOf(isOn, wire))
      // What the last change met with: the tool answers after we have gone on.
      const told = fault
      fault = null
      if (told !== null) throw told
    },
    close() {
      if (closed) return
      closed = true
      // The line is off and free when this returns: the next one who takes it does so at once.
      keeper.kill()
      takeBack(place, set(commands, place, off))
    },
  }
}

/** The command that sets a level and ends. */
export const set = (commands: Commands, place: Place, level: string): string[] => {
  const words = commands.set(place)
  return [...words.slice(0, -1), `${words.at(-1)}${level}`]
}
