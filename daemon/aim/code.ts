/** The code that lets one browser in, once. Pure but for its randomness: time is an argument. */
import { randomInt, timingSafeEqual } from 'node:crypto'

// Own: typed on a phone's number pad; with five tries, one in twenty million guesses it.
const DIGITS = 8
const MOST_TRIES = 5
// Own: from the terminal in the cab to the phone.
const VALID_MS = 5 * 60_000

export type Try = 'right' | 'wrong' | 'expired' | 'used' | 'too-many-tries'

export interface Code {
  /** Such as 12345678. */
  readonly digits: string
  readonly validSeconds: number
  /** Right once, and only within its time and number of tries. Spaces and hyphens do not count. */
  attempt(text: string, nowMs: number): Try
}

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** @param digits for tests; random unless given */
export function createCode(nowMs: number, digits = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0')): Code {
  let tries = 0
  let isUsed = false
  return {
    digits,
    validSeconds: VALID_MS / 1000,
    attempt(text, atMs) {
      if (isUsed) return 'used'
      if (atMs - nowMs >= VALID_MS) return 'expired'
      if (tries >= MOST_TRIES) return 'too-many-tries'
      tries += 1
      const typed = text.replace(/[^0-9]/g, '')
      isUsed = same(typed, digits)
      return isUsed ? 'right' : tries >= MOST_TRIES ? 'too-many-tries' : 'wrong'
    },
  }
}
