/** The baseline on the disk: one small JSON file, whole or not there, written rarely. */
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import path from 'node:path'
import { baseline, type SavedBaseline } from './baseline.js'

export interface BaselineFile {
  /** What an earlier run has kept; null where there is none, or none that can be read (which is said, and set aside). */
  load(): SavedBaseline | null
  /** The baseline as it is now. Writes it when it is news, at most once a minute; returns at once. */
  offer(current: SavedBaseline | null, nowMs: number): void
  /** Writes what has not been written yet. Never rejects. */
  close(): Promise<void>
}

// A baseline changes when a driver is calibrated or puts glasses on: more often would wear the memory card for nothing.
const EVERY_MS = 60_000

const reasonOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault))
const isMissing = (fault: unknown): boolean => fault instanceof Error && 'code' in fault && fault.code === 'ENOENT'

/** Whole or not at all, also when the power goes: a new file, on the disk before it takes the old one's place, and then the folder's entry. */
async function replaceFile(file: string, text: string): Promise<void> {
  const beside = `${file}.new`
  const handle = await open(beside, 'w', 0o640)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, file)
  const folder = await open(path.dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/**
 * @param file its folder is made where it is not there
 * @param warn told what is wrong with the file, once for each change
 */
export function createBaselineFile(file: string, warn: (message: string) => void): BaselineFile {
  const folder = path.dirname(file)
  let written: string | null = null
  let wanted: string | null = null
  let offered: SavedBaseline | null = null
  let writtenMs = Number.NEGATIVE_INFINITY
  let writing: Promise<void> | null = null
  let lastFault: string | null = null

  function complain(fault: unknown): void {
    const message = `The driver's baseline cannot be kept in ${file}: ${reasonOf(fault)}`
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
      warn(`The driver's baseline in ${file} cannot be used (${why}): it was set aside as ${aside}, and the driver is measured anew.`)
    } catch (fault) {
      warn(`The driver's baseline in ${file} cannot be used (${why}), nor be set aside: ${reasonOf(fault)}`)
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
        if (!isMissing(fault)) complain(fault)
        return null
      }
      try {
        const parsed = baseline.safeParse(JSON.parse(text))
        if (parsed.success) {
          written = JSON.stringify(parsed.data)
          return parsed.data
        }
        setAside(`it holds no baseline: ${parsed.error.issues[0]?.message}`)
      } catch (fault) {
        setAside(reasonOf(fault))
      }
      return null
    },
    offer(current, nowMs) {
      if (current === null) return
      // The judgement gives the same object as long as nothing changes.
      if (current !== offered) wanted = JSON.stringify(current)
      offered = current
      if (wanted === null || wanted === written || writing !== null || nowMs - writtenMs < EVERY_MS) return
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
