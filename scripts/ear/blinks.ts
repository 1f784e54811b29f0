/** Blinks that the judgement sees, held against those that people labelled. */
import type { Verdict } from '../../daemon/judgement/index.js'
import type { Blink } from './signal.js'

// Own: labels and signal agree to about a tenth of a second.
const NEAR_FRAMES = 3

/** Runs of frames with eyes closed; what is apart by less than the judgement's flicker counts as one. */
export function seenBlinks(verdicts: readonly Verdict[]): Blink[] {
  const seen: Blink[] = []
  verdicts.forEach(({ eyes }, i) => {
    const last = seen.at(-1)
    if (eyes !== 'closed') return
    if (last !== undefined && i - last.to < NEAR_FRAMES) last.to = i + 1
    else seen.push({ from: i, to: i + 1 })
  })
  return seen
}

const meets = (a: Blink, b: Blink): boolean => a.from < b.to + NEAR_FRAMES && a.to > b.from - NEAR_FRAMES

export type Score = { labelled: number; seen: number; recall: number; precision: number }

export function scoreOf(labelled: readonly Blink[], seen: readonly Blink[]): Score {
  const found = labelled.filter((one) => seen.some((other) => meets(one, other))).length
  const right = seen.filter((one) => labelled.some((other) => meets(one, other))).length
  return { labelled: labelled.length, seen: seen.length, recall: found / labelled.length, precision: right / seen.length }
}
