/** Reads marks.csv of the footage: what happens when, as people marked it. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Seconds from the start of the recording, ± 0.1 s. */
export type Mark = { file: string; startSeconds: number; endSeconds: number; label: string }

/** @param footage the folder that holds marks.csv */
export const readMarks = (footage: string): Mark[] =>
  readFileSync(path.join(footage, 'marks.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [file = '', start = '', end = '', label = ''] = line.split(',')
      return { file, startSeconds: Number(start), endSeconds: Number(end), label }
    })
