/** Browsers that were let in: each has a cookie that says so, for as long as the page lasts. */
import { randomBytes } from 'node:crypto'

const NAME = 'kantukd'
const COOKIE = new RegExp(`(?:^|;\\s*)${NAME}=([0-9a-f]{64})(?:;|$)`)

export interface Sessions {
  /** @returns the header Set-Cookie of one more */
  begin(seconds: number): string
  /** @param cookies header Cookie of a request */
  has(cookies: string | undefined): boolean
}

export function createSessions(): Sessions {
  const tokens = new Set<string>()
  return {
    begin(seconds) {
      const token = randomBytes(32).toString('hex')
      tokens.add(token)
      // No script reads it, and no other page's request carries it.
      return `${NAME}=${token}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${Math.ceil(seconds)}`
    },
    has: (cookies) => tokens.has(COOKIE.exec(cookies ?? '')?.[1] ?? ''),
  }
}
