/** Where a line is: the label of its chip → the chip's name; the line's name → its number. */
import { readdirSync } from 'node:fs'
import { GpioError } from '../errors.js'
import type { LineName, Part } from '../types.js'
import { noChip, refused } from './refusals.js'
import { type Commands, type Place, runTool } from './tools.js'

type Chip = { chip: string; label: string; lines: number }

/** @throws GpioError when there is no such chip or line */
export const findPlace = (commands: Commands, part: Part, wanted: LineName): Place => {
  const found = findChip(part, wanted)
  const { line, lineName = null } = wanted
  if (lineName !== null) return { chip: found.chip, line: numberOf(commands, part, found, lineName) }
  if (line < found.lines) return { chip: found.chip, line }
  throw new GpioError(
    'gpio-line-out-of-range',
    `GPIO chip ${wanted.chip} has lines 0 to ${found.lines - 1}, and not ${line}; correct ${part.key}.line`,
  )
}

const findChip = ({ key }: Part, { chip }: LineName): Chip => {
  const chips = readChips()
  // a Pi 5 has several chips of one label on some kernels; the one with the most lines is the header's
  const found = chips.filter(({ label }) => label === chip).sort((a, b) => b.lines - a.lines)[0]
  if (found !== undefined) return found
  if (chips.length === 0) throw noChip(key, readdirSync('/dev'))
  const there = [...new Set(chips.map(({ label }) => label))].join(', ')
  throw new GpioError('gpio-chip-unknown', `there is no GPIO chip ${chip} on this board; set ${key}.chip to one of: ${there}`)
}

/** `gpiochip0 [pinctrl-bcm2711] (58 lines)`, a chip a line, in both majors. */
const readChips = (): Chip[] =>
  [...runTool(['gpiodetect']).said.matchAll(/^(gpiochip\d+) \[(.*)\] \((\d+) lines\)$/gm)].map(([, chip = '', label = '', lines]) => ({
    chip,
    label,
    lines: Number(lines),
  }))

/** `line   5: "GPIO5" …`, a line a line, with differing spaces in the majors. */
const numberOf = (commands: Commands, part: Part, { chip, label }: Chip, lineName: string): number => {
  const { ok, said, complaint } = runTool(commands.info(chip))
  if (!ok) throw refused(`the lines of ${label}`, complaint)
  const named = [...said.matchAll(/^\s*line\s+(\d+):\s+"([^"]*)"/gm)].map(([, number, name]) => ({ number: Number(number), name }))
  const found = named.find(({ name }) => name === lineName)
  if (found !== undefined) return found.number
  throw new GpioError(
    'gpio-line-unknown',
    `GPIO chip ${label} has no line named ${lineName}; see: gpioinfo, and correct ${part.key}.lineName`,
  )
}
