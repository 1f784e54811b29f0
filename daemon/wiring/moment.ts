/** How the driver is at this moment, as judged last: for what must not disturb a warning. */
import type { Level } from '../judgement/decision.js'
import type { Verdict } from '../judgement/index.js'
import type { Measures } from '../judgement/signs/measures.js'

export interface Moment {
  readonly level: Level
  readonly eyesClosed: boolean
  /** Of the newest observation; null before it. */
  readonly measures: Measures | null
  /** No warning stands and no closure runs. */
  readonly isCalm: boolean
  /** Something was seen since the start: a camera gives frames. */
  readonly hasSeen: boolean
  judged(verdict: Verdict, isSeen: boolean): void
}

export const createMoment = (): Moment => {
  let level: Level = 0
  let eyesClosed = false
  let measures: Measures | null = null
  let hasSeen = false
  return {
    get level() {
      return level
    },
    get eyesClosed() {
      return eyesClosed
    },
    get measures() {
      return measures
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
      measures = verdict.measures
      hasSeen ||= isSeen
    },
  }
}
