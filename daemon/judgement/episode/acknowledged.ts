/** The acknowledge button: quiets the sound of what stands for a time, and of nothing that comes after. There is no pause for the driver. */

/** @param forMs how long a press quiets; asked at each */
export function createAcknowledged(forMs: () => number): { press(atMs: number): void; reset(): void; isQuiet(atMs: number): boolean } {
  let untilMs = Number.NEGATIVE_INFINITY
  return {
    press: (atMs) => {
      untilMs = atMs + forMs()
    },
    reset: () => {
      untilMs = Number.NEGATIVE_INFINITY
    },
    isQuiet: (atMs) => atMs < untilMs,
  }
}
