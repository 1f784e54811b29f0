/** Which commands were answered, so that a repeated one gets the same answer and is not done twice: the newest, over restarts too. */
import { createHash } from 'node:crypto'
import type { Answer } from '../payloads/result.js'
import { type CommandName, repeatable } from './requests.js'
import type { Noted, TransactionLog } from './transaction-log.js'

/** A command under its transaction. */
export type Asked = {
  transaction: string
  command: CommandName
  /** As `Ready` has it. */
  fingerprint: string
}

export type Found = { kind: 'new' } | { kind: 'again'; answer: Promise<Answer> } | { kind: 'reused' }

/** `nowWallMs`: ms since 1970; null while that clock is not known to be right. */
export interface Transactions {
  /** Whether a transaction is known, and whether with this command. */
  find(asked: Asked, nowWallMs: number | null): Found
  /** Remembers one and does it, once a power cut can no longer make it forgotten. Never rejects, as `work` must not. */
  once(asked: Asked, nowWallMs: number | null, work: () => Promise<Answer>): Promise<Answer>
  /** Remembers one whose outcome is known from elsewhere. */
  keep(asked: Asked, nowWallMs: number | null, answer: Answer): void
}

// Own: a desk sends a few commands a day; what is repeated is repeated within hours.
const KEPT = 256
// Own: longer than a vehicle stands over a holiday, with a desk that repeats.
const KEPT_MS = 14 * 86_400_000

const CUT: Answer = {
  ok: false,
  error: {
    code: 'interrupted',
    message:
      'The vehicle lost power or was ended in the middle of it: whether it was done is not known. Ask anew, under a new transaction.',
  },
}

type Known = Noted & { given: Promise<Answer> }

/** @param log where they outlive the program; null: nowhere */
export const createTransactions = (log: TransactionLog | null = null): Transactions => {
  const known = new Map<string, Known>()

  const remember = (noted: Noted, given: Promise<Answer>): void => {
    // Taken out first, so that the newest are last.
    known.delete(noted.transaction)
    known.set(noted.transaction, { ...noted, given })
    if (known.size <= KEPT) return
    // A desk that asks every minute whether we are there pushes no deed out.
    const all = [...known.values()]
    const least = all.find(({ command }) => repeatable.has(command)) ?? all[0]
    if (least !== undefined) known.delete(least.transaction)
  }
  const notedOf = ({ transaction, command, fingerprint }: Asked, wallMs: number | null, answer: Answer | null): Noted => ({
    ...{ transaction, command, wallMs, answer },
    fingerprint: createHash('sha256').update(fingerprint).digest('hex'),
  })
  const isNoted = ({ command }: Noted): boolean => log !== null && !repeatable.has(command)
  const newest = (): Noted[] => [...known.values()].map(({ given: _, ...noted }) => noted)

  for (const noted of log?.open(newest) ?? []) remember(noted, Promise.resolve(noted.answer ?? CUT))

  return {
    find(asked, nowWallMs) {
      const found = known.get(asked.transaction)
      if (found === undefined) return { kind: 'new' }
      if (found.wallMs !== null && nowWallMs !== null && nowWallMs - found.wallMs > KEPT_MS) return { kind: 'new' }
      const { command, fingerprint } = notedOf(asked, null, null)
      if (found.command !== command || found.fingerprint !== fingerprint) return { kind: 'reused' }
      return { kind: 'again', answer: found.given }
    },
    once(asked, nowWallMs, work) {
      const begun = notedOf(asked, nowWallMs, null)
      const doing = async (): Promise<Answer> => {
        // Without a disk in between it is done at once.
        if (isNoted(begun)) await log?.note(begun)
        const answer = await work()
        const ended = { ...begun, answer }
        const entry = known.get(begun.transaction)
        if (entry !== undefined) known.set(begun.transaction, { ...entry, answer })
        if (isNoted(begun)) await log?.note(ended)
        return answer
      }
      // Known from here on, though it is not done yet: the same may come again while the disk is busy.
      let done: (answer: Promise<Answer>) => void = () => undefined
      remember(
        begun,
        new Promise((resolve) => {
          done = resolve
        }),
      )
      const given = doing()
      done(given)
      return given
    },
    keep(asked, nowWallMs, answer) {
      const noted = notedOf(asked, nowWallMs, answer)
      remember(noted, Promise.resolve(answer))
      if (isNoted(noted)) void log?.note(noted)
    },
  }
}
