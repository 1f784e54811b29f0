/**
 * The command lines of libgpiod's tools, which differ between its two majors (Debian 12 and JetPack 6 have 1.6, Debian 13 has 2).
 *
 * Why tools and no binding: a binding is compiled against one major, and the kernel gives a line back when its holder dies, which
 * is how a program of its own, killed with us, makes an end of the alarm. Source: gpioset(1), gpiomon(1), gpioget(1) of 1.6.3 and 2.2.1.
 */
import { spawnSync } from 'node:child_process'
import { GpioError, withoutGpio } from '../errors.js'

export type Major = 1 | 2

/** A line as the tools take it: the chip's name, such as gpiochip0, and the line's number there. */
export type Place = { chip: string; line: number }

// As gpioinfo shows whose a line is; libgpiod 1 takes no name and shows the tool's.
const CONSUMER = 'kantukd'

export type ListenOptions = { activeLow: boolean; edge: 'rising' | 'both' }

/** Program and arguments, each free of anything that a shell would heed. */
export type Commands = {
  /** Holds the line at a level, 0 or 1, until it is killed; the level, which is last, is appended to the last word. */
  hold(place: Place): string[]
  /** Sets the level and ends at once. */
  set(place: Place): string[]
  /** Prints the line's level, 0 or 1. */
  get(place: Place, activeLow: boolean): string[]
  /** Prints `1` for each rise of the line, another number for each fall. */
  listen(place: Place, options: ListenOptions): string[]
  /** Prints the lines of a chip. */
  info(chip: string): string[]
}

const commands: Readonly<Record<Major, Commands>> = {
  1: {
    hold: ({ chip, line }) => ['gpioset', '--mode=signal', chip, `${line}=`],
    set: ({ chip, line }) => ['gpioset', '--mode=exit', chip, `${line}=`],
    get: ({ chip, line }, activeLow) => ['gpioget', ...(activeLow ? ['--active-low'] : []), chip, String(line)],
    listen: ({ chip, line }, { activeLow, edge }) => [
      'gpiomon',
      '--line-buffered',
      '--format=%e',
      ...(activeLow ? ['--active-low'] : []),
      ...(edge === 'rising' ? ['--rising-edge'] : []),
      chip,
      String(line),
    ],
    info: (chip) => ['gpioinfo', chip],
  },
  2: {
    hold: ({ chip, line }) => ['gpioset', '--consumer', CONSUMER, '--chip', chip, `${line}=`],
    set: ({ chip, line }) => ['gpioset', '--consumer', CONSUMER, '--toggle', '0', '--chip', chip, `${line}=`],
    get: ({ chip, line }, activeLow) => ['gpioget', '--numeric', ...(activeLow ? ['--active-low'] : []), '--chip', chip, String(line)],
    listen: ({ chip, line }, { activeLow, edge }) => [
      'gpiomon',
      '--consumer',
      CONSUMER,
      '--format',
      '%e',
      '--edges',
      edge,
      ...(activeLow ? ['--active-low'] : []),
      '--chip',
      chip,
      String(line),
    ],
    info: (chip) => ['gpioinfo', '--chip', chip],
  },
}

// Own: a tool answers within milliseconds; a chip on a bus that is stuck must not stop the start for longer.
const PATIENCE_MS = 2000

export type Said = { ok: boolean; said: string; complaint: string }

/** Runs a tool to its end. */
export const runTool = ([program = '', ...args]: readonly string[]): Said => {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    env: { ...process.env, LC_ALL: 'C' },
  })
  return { ok: status === 0, said: stdout ?? '', complaint: error?.message ?? stderr.trim() }
}

/** The commands for the tools that are installed. @param key section of the configuration. @throws GpioError */
export const commandsHere = (key: string): Commands => {
  const { ok, said } = runTool(['gpiodetect', '--version'])
  const major = /\bv?([12])\.\d/.exec(said)?.[1]
  if (ok && major === '1') return commands[1]
  if (ok && major === '2') return commands[2]
  throw new GpioError(
    ok ? 'gpio-library-missing' : 'gpio-absent',
    ok
      ? `gpiodetect is of a libgpiod that is not known here (${said.split('\n')[0]}); 1.6 and 2 are`
      : `the tools of libgpiod are not installed; run: sudo apt install gpiod, or ${withoutGpio(key)}`,
  )
}
