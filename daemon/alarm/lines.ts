/** Buzzer and light on GPIO lines. */
import { type Gpio, GpioError, type OutputLine, type Wire } from '../gpio/index.js'
import type { AlarmOutput, Lines } from './types.js'

/** How the two are called in messages, and where they stand in the configuration. */
export const parts = { buzzer: { name: 'buzzer', key: 'alarm.buzzer' }, led: { name: 'led', key: 'alarm.led' } } as const

/** A line that is driven, as whoever wants it off from outside must know it. */
export type DrivenLine = Required<Wire> & { part: keyof typeof parts; backend: Gpio['name'] }

export type LinesOptions = {
  /** Told of a line that cannot be had, and is done without; unless given, it is thrown. */
  onRefused?: (fault: GpioError) => void
  /** Told of the lines that are driven from now on. Not told when they are given back: off is not sure before somebody looks. */
  onDriven?: (lines: readonly DrivenLine[]) => void
}

/** In place of a line that could not be had: each step says so. */
const refusing = (fault: GpioError): OutputLine => ({
  write() {
    throw fault
  },
  close: () => undefined,
})

/** @param otherwise done where it cannot be had */
const takeOr = (take: () => OutputLine, otherwise: () => void): OutputLine => {
  try {
    return take()
  } catch (fault) {
    otherwise()
    throw fault
  }
}

/**
 * Takes both lines, off from the first moment.
 * Where nobody is told of a line that cannot be had, neither is kept.
 * @throws GpioError when a line cannot be had, where nobody would be told
 */
export const createLinesOutput = (gpio: Gpio, wires: { buzzer: Wire; led: Wire }, options: LinesOptions = {}): AlarmOutput => {
  const { onRefused, onDriven = () => undefined } = options
  const driven: DrivenLine[] = []
  const take = (part: DrivenLine['part'], { chip, line, lineName = null, activeLow }: Wire): OutputLine => {
    try {
      const taken = gpio.takeOutput(parts[part], { chip, line, lineName, activeLow })
      driven.push({ part, backend: gpio.name, chip, line, lineName, activeLow })
      return taken
    } catch (fault) {
      if (onRefused === undefined || !(fault instanceof GpioError)) throw fault
      onRefused(fault)
      return refusing(fault)
    }
  }
  const buzzer = take('buzzer', wires.buzzer)
  const led = takeOr(() => take('led', wires.led), buzzer.close)
  onDriven(driven)
  let closed = false
  return {
    set(lines: Lines) {
      if (closed) return
      // the buzzer first, and the light though the buzzer fails: one of them is better than none
      try {
        buzzer.write(lines.buzzer)
      } finally {
        led.write(lines.led)
      }
    },
    close() {
      closed = true
      buzzer.close()
      led.close()
    },
  }
}
