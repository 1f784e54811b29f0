/** How late the buzzer was after each closure's threshold. Pure: what was recorded goes in; ms on the monotonic clock. */

/** One frame as the daemon's eyes saw it: when it was captured, and whether both eyes were closed in it. */
export type Seen = { atMs: number; isClosed: boolean }

// The policy's microsleep; judgement.microsleepSeconds of the configuration.
const THRESHOLD_MS = 1000
// A closure that was told sounds within this; own: the drawn one ends 0.8 s after its threshold.
const WITHIN_MS = 800

/**
 * @param seen frames in order
 * @param edges when the buzzer's line rose
 * @returns for each closure of at least a second, from its first closed frame on: ms from its threshold to the first edge; null without one
 */
export const latenessOf = (seen: readonly Seen[], edges: readonly number[]): (number | null)[] => {
  const found: (number | null)[] = []
  let sinceMs: number | null = null
  for (const { atMs, isClosed } of seen) {
    if (isClosed) sinceMs ??= atMs
    if (isClosed || sinceMs === null) continue
    const thresholdMs = sinceMs + THRESHOLD_MS
    if (atMs > thresholdMs) {
      const edge = edges.find((edgeMs) => edgeMs >= thresholdMs && edgeMs <= thresholdMs + WITHIN_MS)
      found.push(edge === undefined ? null : edge - thresholdMs)
    }
    sinceMs = null
  }
  return found
}
