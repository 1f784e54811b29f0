/** How the driver is at this moment, as judged last: for what must not disturb a warning. */
import type { Level } from '../judgement/decision.js'
import type { Verdict } from '../judgement/index.js'

export interface Moment {
  readonly level: Level
  readonly eyesClosed: boolean
  /** Share of the last 60 s in which at least one eye was seen. */
  readonly coverage: number
  /** No warning stands and no closure runs. */
  readonly isCalm: boolean
  /** Something was seen since the start: a camera gives frames. */
  readonly hasSeen: boolean
  judged(verdict: Verdict, isSeen: boolean): void
}

export const createMoment = (): Moment => {
  let level: Level = 0
  let eyesClosed = false
  let coverage = 0
  let hasSeen = false
  return {
    get level() {
      return level
    },
    get eyesClosed() {
      return eyesClosed
    },
    get coverage() {
      return coverage
    },
    get isCalm() {
      return level < 2 && !eyesClosed
    },
    get hasSeen() {
      return hasSeen
    },
    judged(verdict, isSeen) {
      level = verdict.level
      eyesClosed = verdict.eyes === 'closed'
      coverage = verdict.measures.coverage
      hasSeen ||= isSeen
    },
  }
}
