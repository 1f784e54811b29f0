/** A sliding window over an amount: how much of it the last N milliseconds hold. Never grows, and a step costs the same at any rate. */

/** Times are ms on the observations' clock. */
export interface Tally {
  /** Puts an amount at one time; what lies before the window is left out. */
  put(atMs: number, amount: number): void
  /** Puts the milliseconds from `fromMs` to `toMs`, spread over the time in which they lie. */
  span(fromMs: number, toMs: number): void
  /** The amount in `[nowMs - windowMs, nowMs]`. `nowMs` never goes back. */
  within(nowMs: number): number
}

/**
 * @param windowMs length of the window
 * @param bucketMs how finely it is kept: the oldest bucket counts by the share of it that is still inside
 */
export function createTally(windowMs: number, bucketMs: number): Tally {
  const size = Math.ceil(windowMs / bucketMs) + 1
  const sums = new Float64Array(size)
  // Until the first time is known, every bucket is the newest.
  let newest: number | null = null
  let total = 0

  const indexOf = (bucket: number): number => ((bucket % size) + size) % size
  const isInside = (bucket: number): boolean => newest !== null && bucket > newest - size && bucket <= newest

  function advance(atMs: number): void {
    const bucket = Math.floor(atMs / bucketMs)
    if (newest === null || bucket - newest >= size) {
      sums.fill(0)
      total = 0
      newest = bucket
    }
    while (newest < bucket) {
      newest += 1
      total -= sums[indexOf(newest)] ?? 0
      sums[indexOf(newest)] = 0
      // Sums of many fractions drift: once a turn they are taken anew.
      if (indexOf(newest) === 0) total = sums.reduce((sum, amount) => sum + amount, 0)
    }
  }

  function put(atMs: number, amount: number): void {
    const bucket = Math.floor(atMs / bucketMs)
    if (newest === null || bucket > newest) advance(atMs)
    if (!isInside(bucket)) return
    sums[indexOf(bucket)] = (sums[indexOf(bucket)] ?? 0) + amount
    total += amount
  }

  return {
    put,
    span(fromMs, toMs) {
      let startMs = Math.max(fromMs, toMs - windowMs - bucketMs)
      while (startMs < toMs) {
        const endMs = Math.min(toMs, (Math.floor(startMs / bucketMs) + 1) * bucketMs)
        put(startMs, endMs - startMs)
        startMs = endMs
      }
    },
    within(nowMs) {
      advance(nowMs)
      if (newest === null) return 0
      const oldest = newest - size + 1
      const left = (nowMs - windowMs - oldest * bucketMs) / bucketMs
      const leftOut = Math.min(1, Math.max(0, left)) * (sums[indexOf(oldest)] ?? 0)
      return Math.max(0, total - leftOut)
    },
  }
}
