/** A sliding window over time-stamped spans: how much of the last N milliseconds had a property. */

/** Times are ms on the observations' clock; a span lasts from one observation to the next. */
export type Spans = {
  /** Says that `[fromMs, toMs]` had the property. */
  add(fromMs: number, toMs: number): void
  /** Milliseconds of `[nowMs - windowMs, nowMs]` that had it. */
  within(nowMs: number): number
}

/** @param windowMs length of the window; spans that leave it are forgotten */
export function createSpans(windowMs: number): Spans {
  const spans: Array<{ fromMs: number; toMs: number }> = []
  return {
    add(fromMs, toMs) {
      const last = spans.at(-1)
      if (last !== undefined && last.toMs === fromMs) last.toMs = toMs
      else spans.push({ fromMs, toMs })
    },
    within(nowMs) {
      const startMs = nowMs - windowMs
      while (spans[0] !== undefined && spans[0].toMs <= startMs) spans.shift()
      return spans.reduce((sum, s) => sum + s.toMs - Math.max(s.fromMs, startMs), 0)
    },
  }
}
