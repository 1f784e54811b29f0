/** What each patch of the recordings is called for training: closed, open, no eye, or nothing when nobody can be sure. */
import { basename, join } from 'node:path'
import { type Mark, readMarks } from '../../marks.js'
import type { CutRow, Cuts } from './cut-footage.js'
import { footagePersonOf } from './footage-people.js'

export type Label = 'closed' | 'open' | 'none'
export type FootagePatch = { row: number; label: Label; person: string }

// Source: data/README.md: marks are right within 0.1 s; own: half as much again.
const MARK_SLACK_SECONDS = 0.15
// Source: data/README.md: in these natural blinks are not marked.
const UNMARKED_BLINKS = /alert-|blinks-12fps|eyeblink8/
// Source: data/README.md: the marks of the clips are off, and most are shorter than a second; in the others hands cover the eyes.
const NEVER_SURE = /eyeblink8.clips|alert-hands/
// Own: what the cutting model calls less closed than this is taken for open without a mark.
const SURELY_OPEN = 0.3
// Source: data/README.md: no blink of the awake recordings is above 0.5 s; what was called closed for longer were open eyes.
const LONGEST_BLINK_SECONDS = 0.6

/** Rows of each run of neighbouring frames, one eye, that the cutting model did not call surely open. */
const doubtfulRuns = (rows: readonly CutRow[]): number[][] => {
  const runs: number[][] = []
  const open = new Map<string, number[]>()
  rows.forEach((row, at) => {
    if (row.what === 'none') return
    const key = `${row.file} ${row.what}`
    if ((row.closed ?? 0) < SURELY_OPEN) {
      open.delete(key)
      return
    }
    const run = open.get(key) ?? []
    if (run.length === 0) {
      open.set(key, run)
      runs.push(run)
    }
    run.push(at)
  })
  return runs
}

/** Rows that may be a blink nobody marked. */
const possibleBlinks = (rows: readonly CutRow[]): Set<number> =>
  new Set(
    doubtfulRuns(rows)
      .filter((run) => {
        const [first, last] = [rows[run[0] ?? -1], rows[run.at(-1) ?? -1]]
        return (
          first === undefined || last === undefined || NEVER_SURE.test(first.file) || last.seconds - first.seconds < LONGEST_BLINK_SECONDS
        )
      })
      .flat(),
  )

const labelOf = (row: CutRow, marks: readonly Mark[], possibleBlink: boolean): Label | null => {
  if (row.what === 'none') return 'none'
  const near = marks.filter(
    (mark) =>
      basename(row.file) === mark.file &&
      row.seconds > mark.startSeconds - MARK_SLACK_SECONDS &&
      row.seconds < mark.endSeconds + MARK_SLACK_SECONDS,
  )
  const inside = (mark: Mark): boolean =>
    row.seconds > mark.startSeconds + MARK_SLACK_SECONDS && row.seconds < mark.endSeconds - MARK_SLACK_SECONDS
  if (near.some((mark) => mark.label === 'closed' && inside(mark))) return 'closed'
  if (near.some((mark) => mark.label !== 'looking_down')) return null
  if (near.length > 0) return near.some(inside) ? 'open' : null
  return UNMARKED_BLINKS.test(row.file) && possibleBlink ? null : 'open'
}

/** The patches that have a label, with the person they show. */
export const labelFootage = ({ rows }: Cuts, data: string): FootagePatch[] => {
  const marks = readMarks(join(data, 'footage'))
  const blinks = possibleBlinks(rows)
  return rows.flatMap((row, at) => {
    const label = labelOf(row, marks, blinks.has(at))
    return label === null ? [] : [{ row: at, label, person: footagePersonOf(row.file).name }]
  })
}
