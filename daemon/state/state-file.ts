/** Something small that outlives the daemon: one JSON file, whole or not there, written rarely. */
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import type { z } from 'zod'
import { isCode, reasonOf } from '../reason-of.js'
import { replaceFile } from './replace-file.js'

export interface StateFile<T> {
  /** What an earlier run has kept; null where there is none, or none that can be read (which is said, and set aside). */
  load(): T | null
  /** It as it is now. Writes it when it is news, at most once in `everyMs`; returns at once. The same object means: no change. */
  offer(current: T | null, nowMs: number): void
  /** Writes what has not been written yet. Never rejects. */
  close(): Promise<void>
}

export type StateFileOptions<T> = {
  /** Its folder is made where it is not there. */
  file: string
  schema: z.ZodType<T>
  /** What it holds, for messages: "The driver's baseline". */
  name: string
  /** What follows when it cannot be used: "the driver is measured anew". */
  otherwise: string
  /** Not written more often, so as not to wear the memory card. */
  everyMs: number
  /** Told what is wrong with the file, once for each change. */
  warn: (message: string) => void
}

/** Reads nothing before `load`. */
export function createStateFile<T>({ file, schema, name, otherwise, everyMs, warn }: StateFileOptions<T>): StateFile<T> {
  const folder = path.dirname(file)
  let written: string | null = null
  let wanted: string | null = null
  let offered: T | null = null
  let writtenMs = Number.NEGATIVE_INFINITY
  let writing: Promise<void> | null = null
  let lastFault: string | null = null

  function complain(fault: unknown): void {
    const message = `${name} cannot be kept in ${file}: ${reasonOf(fault)}`
    if (message !== lastFault) warn(message)
    lastFault = message
  }

  function write(text: string): void {
    writing = replaceFile(file, text)
      .then(() => {
        written = text
        lastFault = null
      }, complain)
      .finally(() => {
        writing = null
      })
  }

  function setAside(why: string): void {
    const aside = `${file}.bad`
    try {
      renameSync(file, aside)
      warn(`${name} in ${file} cannot be used (${why}): it was set aside as ${aside}, and ${otherwise}.`)
    } catch (fault) {
      warn(`${name} in ${file} cannot be used (${why}), nor be set aside: ${reasonOf(fault)}`)
    }
  }

  return {
    load() {
      let text: string
      try {
        // One level only: on /proc Node's recursive mkdir never comes back.
        if (!existsSync(folder)) mkdirSync(folder)
        text = readFileSync(file, 'utf8')
      } catch (fault) {
        if (!isCode(fault, 'ENOENT')) complain(fault)
        return null
      }
      try {
        const parsed = schema.safeParse(JSON.parse(text))
        if (parsed.success) {
          written = JSON.stringify(parsed.data)
          return parsed.data
        }
        setAside(`it holds something else: ${parsed.error.issues[0]?.message}`)
      } catch (fault) {
        setAside(reasonOf(fault))
      }
      return null
    },
    offer(current, nowMs) {
      if (current === null) return
      if (current !== offered) wanted = JSON.stringify(current)
      offered = current
      if (wanted === null || wanted === written || writing !== null || nowMs - writtenMs < everyMs) return
      writtenMs = nowMs
      write(wanted)
    },
    async close() {
      await writing
      if (wanted === null || wanted === written) return
      write(wanted)
      await writing
    },
  }
}
