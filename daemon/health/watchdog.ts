/** Whether systemd's watchdog may be fed. Pure: a bare timer would feed it although the judgement stands still. */

export interface Watchdog {
  /** The judgement has judged an observation, or the vision host has taken one of its bounded restart steps. */
  advanced(nowMs: number): void
  /** True while something has advanced within the last quarter of the interval. */
  due(nowMs: number): boolean
}

// Own: it advances five times a second at least, and a machine may be busy for a moment; the longer this is, the later systemd hears of a standstill.
const SHARE = 1 / 4

/** @param intervalMs what systemd allows between two feeds; the start counts as an advance */
export const createWatchdog = ({ intervalMs, now }: { intervalMs: number; now: () => number }): Watchdog => {
  let advancedMs = now()
  return {
    advanced(nowMs) {
      advancedMs = Math.max(advancedMs, nowMs)
    },
    due: (nowMs) => nowMs - advancedMs < intervalMs * SHARE,
  }
}
