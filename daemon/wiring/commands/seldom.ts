/** Keeps a deed from being asked for too often. Pure. */

export interface Seldom {
  /** Seconds until it may be done again; 0: now. */
  waitSeconds(nowMs: number): number
  done(nowMs: number): void
}

export const createSeldom = (everySeconds: number): Seldom => {
  let lastMs = Number.NEGATIVE_INFINITY
  return {
    waitSeconds: (nowMs) => Math.max(0, Math.ceil(everySeconds - (nowMs - lastMs) / 1000)),
    done(nowMs) {
      lastMs = nowMs
    },
  }
}
