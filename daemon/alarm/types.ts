/** The port of the alarm room: two lines, each on or off. */

/** What the driver hears and sees at one moment. */
export type Lines = { buzzer: boolean; led: boolean }

export interface AlarmOutput {
  /**
   * Called by the player at each step of a pattern; must take effect before it returns and never block.
   * May be called again with the same lines. Throws GpioError where the hardware refuses.
   */
  set(lines: Lines): void
  /** Both lines off, and whatever was taken given back. Called on every way out; a second call does nothing; never throws. */
  close(): void
}

export const OFF: Lines = { buzzer: false, led: false }
