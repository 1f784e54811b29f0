/** A command: what it takes, and what it does. */
import type { z } from 'zod'
import type { Answer } from '../payloads/result.js'
import type { CommandName } from './requests.js'

/** A request that was found right, ready to be done. */
export type Ready = {
  transaction: string
  /** RFC 3339. */
  expires: string
  /** The same for the same request, whatever the order of its keys and its expiry. */
  fingerprint: string
  run(): Promise<Answer>
}

export interface Command {
  /** Total. @returns what can be done, or what is wrong with the request */
  read(value: unknown): { ready: Ready } | { fault: string }
}

/** One for each name: the compiler finds a table incomplete. */
export type Commands = Readonly<Record<CommandName, Command>>

/** What a request asks for, without who asks and until when. */
export const fingerprintOf = ({ transaction: _, expires: __, ...what }: { transaction: string; expires: string }): string =>
  JSON.stringify(what)

/**
 * @param schema from requests.ts
 * @param work does it; may throw, which is answered with `failed`
 */
export const command = <R extends { transaction: string; expires: string }>(
  schema: z.ZodType<R>,
  work: (request: R) => Answer | Promise<Answer>,
): Command => ({
  read(value) {
    const checked = schema.safeParse(value)
    if (!checked.success) {
      const [issue] = checked.error.issues
      const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `
      return { fault: `${where}${issue?.message ?? 'not as its schema has it'}` }
    }
    const { transaction, expires } = checked.data
    return { ready: { transaction, expires, fingerprint: fingerprintOf(checked.data), run: async () => work(checked.data) } }
  },
})
