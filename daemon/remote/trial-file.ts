/**
 * The marker of a trial, on the disk beside the configuration. Every step is one rename, so that a power cut finds either the state
 * before it or the one after; a trial that is found at the start was cut short, and the last good configuration comes back.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { refused } from '../fleet/commands/index.js'
import { reasonOf } from '../reason-of.js'
import { replaceFile } from '../state/replace-file.js'
import { marker, type Owed, type Trial } from './types.js'

export type Recovered = {
  /** The configuration to use in place of the file's; null: the file's. */
  text: string | null
  /** What the fleet is to be told. */
  owed: Owed | null
  /** What the technician is to be told. */
  said: string | null
}

export interface TrialFile {
  /** Once, before the configuration is read: puts the last good one back if a trial was cut short. Never rejects. */
  recover(): Promise<Recovered>
  /** Marks the trial, then writes the new configuration. Rejects with what the file system says; all is then as before. */
  begin(trial: Trial, newText: string): Promise<void>
  /** The trial is over, and the new configuration stays. */
  confirm(owed: Owed): Promise<void>
  /** The trial is over, and the last good configuration comes back. Rejects where it cannot be written: the next start then does it. */
  undo(trial: Trial, owed: Owed): Promise<void>
  /** The fleet has heard the outcome. */
  clear(): Promise<void>
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** @param named name of the configuration; a link is followed, so that it stays one */
export const createTrialFile = (named: string): TrialFile => {
  const file = existsSync(named) ? realpathSync(named) : named
  const beside = `${file}.trial`
  const mark = (what: Trial | Owed) => replaceFile(beside, JSON.stringify(what))
  const write = async (content: string) => replaceFile(file, content, (await stat(file)).mode & 0o777)
  const read = (): Trial | Owed => marker.parse(JSON.parse(readFileSync(beside, 'utf8')))

  /** Whether the file is still the one that was tried. */
  const isTried = ({ newSha256 }: Trial): boolean => sha256(readFileSync(file, 'utf8')) === newSha256

  async function undo(trial: Trial, outcome: Owed): Promise<void> {
    if (isTried(trial)) await write(trial.oldText)
    await mark(outcome)
  }

  return {
    async recover() {
      if (!existsSync(beside)) return { text: null, owed: null, said: null }
      let found: Trial | Owed
      try {
        found = read()
      } catch (fault) {
        return { text: null, owed: null, said: `${beside} cannot be read and is not used (${reasonOf(fault)}); delete it.` }
      }
      if (found.state === 'owed') return { text: null, owed: found, said: null }
      const { transaction, fingerprint, oldText } = found
      const why = 'The daemon ended before the new configuration had proven itself; the last good one is in force.'
      const owed: Owed = { state: 'owed', transaction, fingerprint, answer: refused('rolled-back', why) }
      try {
        const wasTried = isTried(found)
        await undo(found, owed)
        return {
          text: null,
          owed,
          said: wasTried ? why : 'A trial of a configuration was cut short; the file, edited since, is used as it is.',
        }
      } catch (fault) {
        return { text: oldText, owed, said: `${why} The file could not be written (${reasonOf(fault)}) and still holds the new one.` }
      }
    },
    async begin(trial, newText) {
      await mark(trial)
      try {
        await write(newText)
      } catch (fault) {
        await rm(beside, { force: true })
        throw fault
      }
    },
    confirm: mark,
    undo,
    async clear() {
      // A trial that could not be taken back on the disk is taken back at the next start.
      if (existsSync(beside) && read().state === 'owed') await rm(beside, { force: true })
    },
  }
}
