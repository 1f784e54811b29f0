/** Small records that outlive the daemon: a line of JSON each, added at the end, so that a power cut can spoil no more than the line under way. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { z } from 'zod'
import { reasonOf } from '../reason-of.js'
import { replaceFile, syncFolder, writeThrough } from './replace-file.js'

export interface LinesFile<T> {
  /** What was in it when it was opened, oldest first. */
  readonly records: readonly T[]
  /** Resolves when the record is safe from a power cut; what comes while the disk is busy is flushed together. Rejects with what the file system says. */
  add(record: T): Promise<void>
}

export type LinesFileOptions<T> = {
  /** Its folder is made where it is not there. */
  file: string
  schema: z.ZodType<T>
  /** What it holds, for messages: "The verdicts". */
  name: string
  /** Lines from which on the file is written anew, with no more than `current` tells. */
  mostLines: number
  /** What is worth keeping by now, oldest first. */
  current: () => readonly T[]
  /** Told when the file cannot be read or made shorter. */
  warn: (message: string) => void
}

const MODE = 0o640

const textOf = (record: unknown): string => `${JSON.stringify(record)}\n`

const parsed = <T>(text: string, schema: z.ZodType<T>): T[] => {
  try {
    const { success, data } = schema.safeParse(JSON.parse(text))
    return success ? [data] : []
  } catch {
    // torn by a power cut: nobody was told that it is kept
    return []
  }
}

/** Reads it at once. Never throws: a file that cannot be read is said, and holds nothing. */
export const openLinesFile = <T>({ file, schema, name, mostLines, current, warn }: LinesFileOptions<T>): LinesFile<T> => {
  let text = ''
  let isNew = true
  try {
    const folder = path.dirname(file)
    // One level only: on /proc Node's recursive mkdir never comes back.
    if (!existsSync(folder)) mkdirSync(folder)
    isNew = !existsSync(file)
    if (!isNew) text = readFileSync(file, 'utf8')
  } catch (fault) {
    warn(`${name} in ${file} cannot be read: ${reasonOf(fault)}`)
  }
  const read = text.split('\n').filter((line) => line !== '')
  let lines = read.length
  let isTorn = text !== '' && !text.endsWith('\n')
  // After whoever opens it has taken up the records: `current` is theirs.
  let busy: Promise<void> = Promise.resolve().then(shorten)
  let batch: { text: string; count: number; written: Promise<void> } | null = null

  async function shorten(): Promise<void> {
    if (lines <= mostLines) return
    const kept = current()
    try {
      await replaceFile(file, kept.map(textOf).join(''), MODE)
      isTorn = false
      lines = kept.length
    } catch (fault) {
      // Not with each line anew: a disk that is full stays so for a while.
      lines = Math.ceil(mostLines / 2)
      warn(`${name} in ${file} cannot be made fewer: ${reasonOf(fault)}`)
    }
  }

  async function write(added: string, count: number): Promise<void> {
    const whole = isTorn ? `\n${added}` : added
    isTorn = true
    await writeThrough(file, whole, 'a', MODE)
    isTorn = false
    lines += count
    // A file of a second ago is not there after a power cut, where its folder was not flushed.
    if (isNew) await syncFolder(path.dirname(file))
    isNew = false
  }

  return {
    records: read.flatMap((line) => parsed(line, schema)),
    add(record) {
      if (batch !== null) {
        batch.text += textOf(record)
        batch.count += 1
        return batch.written
      }
      const mine = { text: textOf(record), count: 1, written: Promise.resolve() }
      batch = mine
      // One after the other: two under way would mix their lines.
      mine.written = busy.then(() => {
        batch = null
        return write(mine.text, mine.count)
      })
      busy = mine.written.catch(() => undefined).then(shorten)
      return mine.written
    },
  }
}
