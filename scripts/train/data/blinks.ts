/** Reads footage-blinks.csv: when an eye of the recordings is shut, or may be, though nobody marked it. See mark-blinks.ts. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** `file` below the data folder; seconds from the start of the recording, both included. */
export type Blink = { file: string; eye: 'left' | 'right'; startSeconds: number; endSeconds: number; label: 'closed' | 'doubt' }

export const BLINKS = fileURLToPath(new URL('./footage-blinks.csv', import.meta.url))

const blinkOf = (line: string): Blink => {
  const [file = '', eye, start, end, label] = line.split(',')
  if ((eye !== 'left' && eye !== 'right') || (label !== 'closed' && label !== 'doubt'))
    throw new Error(`${BLINKS}: "${line}" is no time of an eye; write it anew with npm run mark-blinks`)
  return { file, eye, startSeconds: Number(start), endSeconds: Number(end), label }
}

export const readBlinks = (): Blink[] => readFileSync(BLINKS, 'utf8').trim().split('\n').slice(1).map(blinkOf)
