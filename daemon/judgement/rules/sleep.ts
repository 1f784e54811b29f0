/** The rule `sleep`: eyes held closed for 3 s (as set), level 3. Source: Euro NCAP, driver state: sleep is a closure of 3 s. */
import type { Policy } from '../policy.js'
import type { RuleJudge } from '../rule.js'
import { closedFor } from './closed-for.js'

export const createSleep = ({ sleepMs }: Policy): RuleJudge => ({
  step({ closures }) {
    const found = closedFor(sleepMs, closures)
    return found && { rule: 'sleep', level: 3, ...found }
  },
})
