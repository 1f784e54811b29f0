/** What finished parts of a run have shown, kept in a file: a run that is cut goes on after them. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Findings } from './findings.js'

export interface Kept {
  readonly parts: readonly Findings[]
  add(part: Findings): void
}

/**
 * @param file null: they are kept in memory alone
 * @param run what the parts are of, as a sentence; parts of another run are no parts of this
 * @throws Error where the file holds those
 */
export const openKept = (file: string | null, run: string): Kept => {
  const text = file !== null && existsSync(file) ? readFileSync(file, 'utf8') : ''
  // Each part is a line, and whole once its end is there: what was being written when the run was cut is done again.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  // Written by this program alone.
  const kept: { run: string; part: Findings }[] = whole.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
  const other = kept.find((one) => one.run !== run)
  if (other !== undefined) throw new Error(`${file} holds parts of another run, ${other.run}, and this one is ${run}: name another file`)
  if (file !== null && whole !== text) writeFileSync(file, whole)
  const parts = kept.map(({ part }) => part)
  return {
    parts,
    add(part) {
      parts.push(part)
      if (file !== null) appendFileSync(file, `${JSON.stringify({ run, part })}\n`)
    },
  }
}
