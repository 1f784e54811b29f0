/** The port of this room: one thing that the vehicle tells. */
import type { Gpio } from '../gpio/index.js'

export interface Input<T> {
  /**
   * The newest value; null when it is unknown: nothing told yet, too old, or the source is at fault.
   * Called on every observation, with ms on the monotonic clock; cheap, never throws.
   */
  read(nowMs: number): T | null
  /** Called on the way out. The value is unknown afterwards and nothing more is logged; a second call does nothing; never rejects. */
  close(): Promise<void>
}

/** What this room needs of a logger; pino fits. */
export type Log = Readonly<Record<'debug' | 'info' | 'warn', (message: string) => void>>

/** What every input is given. */
export type Surroundings = {
  log: Log
  /** ms on the monotonic clock. */
  now(): number
}

/** What an input on a line is given. */
export type LineSurroundings = Surroundings & { gpio: Gpio }
