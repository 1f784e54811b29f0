/** How long to wait before the next try. Pure. */

export type Retry = { firstMs: number; longestMs: number }

// A broker that was down gets a whole fleet back at once: waits double, and each vehicle's differs by up to half.
const JITTER = 0.5

/** @param failures tries that failed in a row, from 1. @param chance 0..1. @returns ms. */
export const backoffMs = (failures: number, retry: Retry, chance: number): number => {
  const grown = Math.min(retry.longestMs, retry.firstMs * 2 ** Math.max(0, failures - 1))
  return grown * (1 - JITTER * chance)
}
