/** Transactions on the disk: a line when a command is begun, and one with what came of it. */
import { z } from 'zod'
import { reasonOf } from '../../reason-of.js'
import { openLinesFile } from '../../state/lines-file.js'
import { answer } from '../payloads/result.js'

/** One command. */
const noted = z.strictObject({
  transaction: z.string(),
  command: z.string(),
  /** SHA-256 of what was asked for. */
  fingerprint: z.string(),
  /** ms since 1970 when it came; null: that clock was not known to be right. */
  wallMs: z.number().nullable(),
  /** null: it was begun. */
  answer: answer.nullable(),
})
export type Noted = z.infer<typeof noted>

export interface TransactionLog {
  /** What earlier runs noted, oldest first; once. @param current what is worth keeping, whenever the file has grown */
  open(current: () => readonly Noted[]): readonly Noted[]
  /** Resolves when it is safe from a power cut, or the disk does not take it, or not within a second. Never rejects. */
  note(noted: Noted): Promise<void>
}

// Own: four times what is kept (transactions.ts), so that the file is seldom written anew.
const MOST_LINES = 1024
// Own: a worn card takes half a second for a flush; one that hangs must not keep the fleet from asking what is wrong.
const WITHIN_MS = 1_000

const within = (work: Promise<void>): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, WITHIN_MS)
    const over = (): void => {
      clearTimeout(timer)
      resolve()
    }
    work.then(over, over)
  })

/**
 * @param file its folder is made where it is not there
 * @param warn told what is wrong with it, once for each change
 */
export const createTransactionLog = (file: string, warn: (message: string) => void): TransactionLog => {
  let add: (noted: Noted) => Promise<void> = async () => undefined
  let lastFault = ''
  const tell = (message: string): void => {
    if (message !== lastFault && message !== '') warn(message)
    lastFault = message
  }
  return {
    open(current) {
      const lines = openLinesFile({ file, schema: noted, name: 'The answers to commands', mostLines: MOST_LINES, current, warn: tell })
      add = lines.add
      return lines.records
    },
    note(one) {
      const added = add(one).then(
        () => tell(''),
        (fault: unknown) =>
          tell(`The answers to commands cannot be kept in ${file}, and are not known after a restart: ${reasonOf(fault)}`),
      )
      return within(added)
    },
  }
}

/** @param file null: there is no state folder */
export const openTransactionLog = (file: string | null, warn: (message: string) => void): TransactionLog | null =>
  file === null ? null : createTransactionLog(file, warn)
