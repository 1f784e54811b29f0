/** Trips, and the time for which the power is held after the last one. Pure. */

/** A trip began or ended. */
export type TripNews = { phase: 'began' | 'ended'; atMs: number }

export interface Trip {
  /**
   * Takes the ignition as it is now: on, off, or null for unknown. Unknown begins a trip at the start, as if it were on, and ends none.
   * @returns what happened, and whether the power has been held for its time
   */
  step(ignition: boolean | null, nowMs: number): { news: TripNews | null; holdIsOver: boolean }
  /** The daemon stops: a trip that runs ends with it. */
  end(nowMs: number): TripNews | null
}

/** @param holdMs how long after the ignition went off the power is held; null: for ever; asked at each step */
export const createTrip = (holdMs: () => number | null): Trip => {
  let began: boolean | null = null
  let offSinceMs: number | null = null

  const change = (to: boolean, nowMs: number): TripNews | null => {
    const was = began === true
    began = to
    return was === to ? null : { phase: to ? 'began' : 'ended', atMs: nowMs }
  }

  return {
    step(ignition, nowMs) {
      offSinceMs = ignition === false ? (offSinceMs ?? nowMs) : null
      const news = ignition === null && began !== null ? null : change(ignition !== false, nowMs)
      const heldMs = holdMs()
      return { news, holdIsOver: heldMs !== null && offSinceMs !== null && nowMs - offSinceMs >= heldMs }
    },
    end: (nowMs) => change(false, nowMs),
  }
}
