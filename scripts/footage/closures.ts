/** What the marks ask for: closures that must be told, and what is told without one. */
import type { Mark } from '../marks.js'
import type { Raised } from './replay.js'

// The measure: within 0.4 s and one frame of the threshold, counted from the mark.
const LATEST_SECONDS = 0.4
const MUST_SECONDS = 1.5
const MICROSLEEP_SECONDS = 1
const SLEEP_SECONDS = 3

const lengthOf = ({ startSeconds, endSeconds }: Mark): number => endSeconds - startSeconds

/** Closures that must be caught. */
export const mustBeTold = (marks: readonly Mark[]): Mark[] => marks.filter((m) => m.label === 'closed' && lengthOf(m) >= MUST_SECONDS)

/** @returns the rise of this closure, or undefined where it is missed */
export function toldOf(mark: Mark, rule: 'microsleep' | 'sleep', raised: readonly Raised[], fps: number): Raised | undefined {
  const threshold = rule === 'sleep' ? SLEEP_SECONDS : MICROSLEEP_SECONDS
  return raised.find((r) => r.rule === rule && Math.abs(r.seconds - mark.startSeconds - threshold) <= LATEST_SECONDS + 1 / fps)
}

/** @returns what must have been told and was not, a phrase each */
export function missed(marks: readonly Mark[], raised: readonly Raised[], fps: number): string[] {
  return mustBeTold(marks).flatMap((mark) => {
    const rules = lengthOf(mark) >= SLEEP_SECONDS ? (['microsleep', 'sleep'] as const) : (['microsleep'] as const)
    return rules.filter((rule) => toldOf(mark, rule, raised, fps) === undefined).map((rule) => `${rule} at ${mark.startSeconds} s`)
  })
}

const CLOSURE_RULES = ['microsleep', 'sleep', 'unresponsive', 'slump', 'perclos']

/** Rises of level 2 and more by a closure's rule outside any closure of a second that people marked. */
export function falseAlarms(marks: readonly Mark[], raised: readonly Raised[]): Raised[] {
  const closures = marks.filter((m) => m.label === 'closed' && lengthOf(m) >= MICROSLEEP_SECONDS)
  const isRight = ({ seconds }: Raised) => closures.some((m) => seconds >= m.startSeconds && seconds <= m.endSeconds + LATEST_SECONDS)
  return raised.filter((r) => r.level >= 2 && CLOSURE_RULES.includes(r.rule) && !isRight(r))
}
