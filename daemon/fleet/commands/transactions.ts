/** Which commands were answered, so that a repeated one gets the same answer and is not done twice. In memory, the newest. */
import type { Answer } from '../payloads/result.js'

type Known = { command: string; fingerprint: string; answer: Promise<Answer> }

export type Found = { kind: 'new' } | { kind: 'again'; answer: Promise<Answer> } | { kind: 'reused' }

export interface Transactions {
  /** Whether a transaction is known, and whether with this command. */
  find(transaction: string, command: string, fingerprint: string): Found
  /** Remembers one that is being done. */
  keep(transaction: string, command: string, fingerprint: string, answer: Promise<Answer>): void
}

// Own: a desk sends a few commands a day; what is repeated is repeated within minutes.
const KEPT = 256

export const createTransactions = (): Transactions => {
  const known = new Map<string, Known>()
  return {
    find(transaction, command, fingerprint) {
      const found = known.get(transaction)
      if (found === undefined) return { kind: 'new' }
      if (found.command !== command || found.fingerprint !== fingerprint) return { kind: 'reused' }
      return { kind: 'again', answer: found.answer }
    },
    keep(transaction, command, fingerprint, answer) {
      known.set(transaction, { command, fingerprint, answer })
      const [oldest] = known.keys()
      if (known.size > KEPT && oldest !== undefined) known.delete(oldest)
    },
  }
}
