/** How many messages are taken: a flood must not take the processor from the judgement, nor fill the line with answers. Pure. */

export interface Pace {
  /** True: this one may be taken. */
  admits(nowMs: number): boolean
}

// Own: a desk that asks everything at once is served at once; a flood gets two answers a second.
const BURST = 30
const PER_SECOND = 2

/** A bucket that fills by the second. */
export const createPace = (): Pace => {
  let left = BURST
  let lastMs = Number.NEGATIVE_INFINITY
  return {
    admits(nowMs) {
      left = Math.min(BURST, left + (Math.max(0, nowMs - lastMs) / 1000) * PER_SECOND)
      lastMs = nowMs
      if (left < 1) return false
      left -= 1
      return true
    },
  }
}
