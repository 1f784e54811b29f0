/** What each patch of the recordings is called for training: closed, open, no eye, or nothing when nobody can be sure. */
import { basename, join } from 'node:path'
import { type Mark, readMarks } from '../../marks.js'
import { type Blink, readBlinks } from './blinks.js'
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
// Source: data/README.md: no blink of the awake recordings is above 0.5 s; what was called closed for longer were open eyes.
const LONGEST_BLINK_SECONDS = 0.6

/** The time of footage-blinks.csv that each patch lies in, if any; a closed time goes before the doubt around it. */
const blinksByRow = (rows: readonly CutRow[], blinks: readonly Blink[]): (Blink | undefined)[] => {
  const ofEye = new Map<string, Blink[]>()
  for (const blink of blinks) {
    const key = `${blink.file} ${blink.eye}`
    const known = ofEye.get(key)
    if (known === undefined) ofEye.set(key, [blink])
    else known.push(blink)
  }
  return rows.map((row) => {
    const inside = (ofEye.get(`${row.file} ${row.what}`) ?? []).filter(
      ({ startSeconds, endSeconds }) => row.seconds >= startSeconds && row.seconds <= endSeconds,
    )
    return inside.find(({ label }) => label === 'closed') ?? inside[0]
  })
}

/** Whether it may be a blink: what is in doubt for longer were open eyes, but where nobody can be sure. */
const mayBeShut = ({ file, startSeconds, endSeconds }: Blink): boolean =>
  NEVER_SURE.test(file) || endSeconds - startSeconds < LONGEST_BLINK_SECONDS

const labelOf = (row: CutRow, marks: readonly Mark[], blink: Blink | undefined): Label | null => {
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
  if (blink?.label === 'closed' && near.every((mark) => mark.label !== 'looking_down')) return 'closed'
  if (near.some((mark) => mark.label !== 'looking_down')) return null
  if (near.length > 0) return near.some(inside) ? 'open' : null
  return UNMARKED_BLINKS.test(row.file) && blink !== undefined && mayBeShut(blink) ? null : 'open'
}

/** The patches that have a label, with the person they show. */
export const labelFootage = ({ rows }: Cuts, data: string, blinks: readonly Blink[] = readBlinks()): FootagePatch[] => {
  const marks = readMarks(join(data, 'footage'))
  const blinkOf = blinksByRow(rows, blinks)
  return rows.flatMap((row, at) => {
    const label = labelOf(row, marks, blinkOf[at])
    return label === null ? [] : [{ row: at, label, person: footagePersonOf(row.file).name }]
  })
}
