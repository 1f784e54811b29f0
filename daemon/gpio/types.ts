/** The port to GPIO lines: who drives or hears a line knows nothing of how the kernel gives it. */
import type { GpioError } from './errors.js'

/**
 * A line: the label of its chip, and its number on that chip or, where `lineName` is not null, its name.
 * Labels, numbers and names stay the same when a kernel counts chips and lines anew.
 */
export type LineName = { chip: string; line: number; lineName?: string | null }

/** Where something hangs. `activeLow`: it is on while the line is low. */
export type Wire = LineName & { activeLow: boolean }

/** What hangs on a line, for messages: its name, and its section of the configuration. */
export type Part = { name: string; key: string }

export interface OutputLine {
  /** Called by the alarm at each step. Never blocks. @throws GpioError when the line refuses, or has refused the last change */
  write(isOn: boolean): void
  /** Off, for good; called on every way out. Never throws; a second call does nothing. */
  close(): void
}

export interface InputLine {
  /** Whether it is on now. @throws GpioError when it cannot be read */
  isOn(): boolean
  /** Gives the line back. */
  close(): void
}

export type InputOptions = {
  /** Which changes are told: to on, or both. */
  edge: 'rising' | 'both'
  /** The line must be quiet for this long before a change is told, ms; 0: every change at once. */
  debounceMs: number
  /** A change, and whether the line is on since. */
  onChange(isOn: boolean): void
  /** The line can no longer be read. */
  onFault(fault: GpioError): void
}

export interface Gpio {
  readonly name: 'sysfs' | 'gpiod'
  /**
   * Takes a line as an output, off from the first moment. When this process dies, however, the line goes off by itself.
   * @throws GpioError when it cannot be had
   */
  takeOutput(part: Part, wire: Wire): OutputLine
  /** Takes a line as an input and listens to it. @throws GpioError when it cannot be had */
  takeInput(part: Part, wire: Wire, options: InputOptions): InputLine
  /**
   * Switches off, from another process, what a daemon drives or has left on. A line that nobody drives is left alone.
   * @throws GpioError when it is on and cannot be switched off
   */
  turnOff(part: Part, wire: Wire): void
}
