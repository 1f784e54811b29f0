/** Lines off from outside the daemon, whatever state it is in: alive, hung, or killed with the alarm on. */
import type { Config } from '../config/index.js'
import { type Backend, openGpio, type Wire } from '../gpio/index.js'
import { parts } from './lines.js'

/** A line with what hangs on it, and the way to it. */
export type AlarmLine = Wire & { part: keyof typeof parts; backend: Backend }

/** The lines that a configuration names for the alarm. */
export const configuredLines = ({ alarm, gpio: { backend } }: Pick<Config, 'alarm' | 'gpio'>): AlarmLine[] =>
  alarm.output === 'gpio' ? (['buzzer', 'led'] as const).map((part) => ({ ...alarm[part], part, backend })) : []

const isSame = (one: Wire, other: Wire): boolean =>
  one.chip === other.chip && one.line === other.line && (one.lineName ?? null) === (other.lineName ?? null)

/** What is driven, and then what else is configured: where both are one line, off is what the driven one takes for it. */
export const linesOf = (driven: readonly AlarmLine[], configured: readonly AlarmLine[]): AlarmLine[] => [
  ...driven,
  ...configured.filter((line) => !driven.some((other) => isSame(line, other))),
]

/**
 * Switches lines off, in this order, each though another refuses.
 * A daemon that lives and has cause for an alarm switches them on again at its next beep, within 4 s: to end that, stop the service.
 * @returns what was refused: for each a GpioError
 */
export const turnOff = (lines: readonly AlarmLine[]): unknown[] =>
  lines.flatMap((line) => {
    try {
      openGpio(line).turnOff(parts[line.part], line)
      return []
    } catch (fault) {
      return [fault]
    }
  })
