/** The rule `microsleep`: eyes held closed for 1 s (as set), level 2. Source: Euro NCAP 2026, driver state: a microsleep is a closure of 1–2 s. */
import type { Policy } from '../policy.js'
import type { RuleJudge } from '../rule.js'
import { closedFor } from './closed-for.js'

export const createMicrosleep = ({ microsleepMs }: Policy): RuleJudge => ({
  step({ closures }) {
    const found = closedFor(microsleepMs, closures)
    return found && { rule: 'microsleep', level: 2, ...found }
  },
})
