/**
 * Whether a vision process that is starting hangs. It shows that it goes on by a word, or by work: processor time or pages read. How long it may show
 * neither: not long, since a driver of the camera that hangs must be noticed; longer for a machine that has shown that it needs longer, since a start that is cut
 * off again and again never sees. Pure: time and work are told.
 */

/** What a vision process does until it sees, in order; it says so before each. */
export const stages = [
  'starting its program',
  'loading the eye-state model',
  'loading the face detectors',
  'loading OpenCV',
  'opening the camera',
  'waiting for pictures',
] as const
export type Stage = (typeof stages)[number]

export type StartTimes = {
  /** For how long the first start may give no sign, and that of a machine that needs less than half of it. */
  startSilenceMs: number
  /** How long the whole start may take, and the longest silence that is granted to any. */
  startMs: number
}

// Own: 50 ms of the processor, or as many pages from the disk, in units of `Work`; a process that waits in a driver does not come to it in a minute.
const WORK = 5

export interface Patience {
  /** Another start begins. */
  begin(nowMs: number): void
  /** It said something; `stage`: what it is about to do, where it said that. */
  said(nowMs: number, stage?: Stage): void
  /** It sees. What its longest silence was is doubled for the next start. */
  sees(): void
  /** Whoever asks was asleep: what passed meanwhile is nobody's silence. */
  overslept(nowMs: number): void
  /** Why the start must be given up, null while it goes on; the next is then given twice as long. `work`: what it has done since its birth, null where that is not known. */
  fault(nowMs: number, work: number | null): string | null
}

export function createPatience({ startSilenceMs, startMs }: StartTimes): Patience {
  let givenMs = startSilenceMs
  let longestMs = 0
  let beganMs = 0
  let signMs = 0
  let stage: Stage = stages[0]
  let workDone = 0
  let why: string | null = null
  const within = (ms: number): number => Math.min(Math.max(ms, startSilenceMs), startMs)

  function sign(nowMs: number): void {
    longestMs = Math.max(longestMs, nowMs - signMs)
    signMs = nowMs
  }

  return {
    begin(nowMs) {
      beganMs = signMs = nowMs
      longestMs = 0
      workDone = 0
      stage = stages[0]
      why = null
    },
    said(nowMs, next = stage) {
      stage = next
      sign(nowMs)
    },
    sees() {
      givenMs = within(2 * longestMs)
    },
    overslept(nowMs) {
      beganMs = signMs = nowMs
    },
    fault(nowMs, work) {
      if (why !== null) return why
      if (work !== null && work >= workDone + WORK) {
        workDone = work
        sign(nowMs)
      }
      const silentMs = nowMs - signMs
      if (silentMs >= givenMs) {
        why = `the vision process gave no sign for ${(silentMs / 1000).toFixed(1)} s while ${stage}`
        givenMs = within(2 * givenMs)
      } else if (nowMs - beganMs >= startMs) why = `the vision process did not get ready within ${startMs / 1000} s`
      return why
    },
  }
}
