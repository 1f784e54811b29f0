/** Which GPIO lines a configuration takes, and which it takes twice. */
import type { Conflict } from './finding.js'
import type { Config } from './schema.js'

type LineInUse = { section: string; name: string; chip: string; line: number; lineName: string | null }

/** The GPIO lines that this configuration will take. */
export const linesInUse = ({ alarm, speed, button, ignition }: Config): LineInUse[] => [
  ...(alarm.output === 'gpio'
    ? [
        { section: 'alarm.buzzer', name: 'buzzer', ...alarm.buzzer },
        { section: 'alarm.led', name: 'light', ...alarm.led },
      ]
    : []),
  ...(speed.kind === 'pulses' ? [{ section: 'speed.pulses', name: 'speed pulses', ...speed.pulses }] : []),
  ...(button.kind === 'gpio' ? [{ section: 'button.gpio', name: 'button', ...button.gpio }] : []),
  ...(ignition.kind === 'gpio' ? [{ section: 'ignition.gpio', name: 'ignition', ...ignition.gpio }] : []),
]

const isSameLine = (one: LineInUse, other: LineInUse): boolean =>
  one.chip === other.chip && (one.lineName ?? one.line) === (other.lineName ?? other.line)

/** One conflict for each line that somebody before has already. */
export const sharedLines = (config: Config): Conflict[] => {
  const lines = linesInUse(config)
  return lines.flatMap((taken, index) => {
    const first = lines.slice(0, index).find((other) => isSameLine(taken, other))
    if (first === undefined) return []
    return {
      code: 'conflict',
      path: [...taken.section.split('.'), 'line'],
      involves: [`${first.section}.line`, `${taken.section}.line`],
      message: `${first.name} and ${taken.name} are on the same line, ${taken.lineName ?? taken.line} of ${taken.chip}; each needs its own`,
    }
  })
}
