/** An output that can be exchanged for another while the player plays on: for settings that change. */
import { type AlarmOutput, OFF } from './types.js'

export interface ExchangeableOutput extends AlarmOutput {
  /**
   * Gives the lines back and takes others: the same line may be among them, so the old ones go first. What was last set is on the new ones when this returns.
   * @param open takes the new ones. @param back takes the old ones again, where the new ones cannot be had
   * @throws what `open` or the new lines threw, with the old ones back; what `back` threw: there is no output then, and each step says so
   */
  exchange(open: () => AlarmOutput, back: () => AlarmOutput): void
}

/** @param first in use until it is exchanged */
export const createExchangeableOutput = (first: AlarmOutput): ExchangeableOutput => {
  let output = first
  let lines = OFF
  let closed = false

  const take = (open: () => AlarmOutput): void => {
    const next = open()
    try {
      next.set(lines)
    } catch (fault) {
      next.close()
      throw fault
    }
    output = next
  }

  return {
    set(next) {
      lines = { buzzer: next.buzzer, led: next.led }
      output.set(next)
    },
    close() {
      closed = true
      output.close()
    },
    exchange(open, back) {
      if (closed) return
      output.close()
      try {
        take(open)
      } catch (fault) {
        try {
          take(back)
        } catch (lost) {
          output = refusing(lost)
          throw lost
        }
        throw fault
      }
    },
  }
}

/** Where both were refused: never a silence that nobody notices. */
const refusing = (fault: unknown): AlarmOutput => ({
  set() {
    throw fault
  },
  close: () => undefined,
})
