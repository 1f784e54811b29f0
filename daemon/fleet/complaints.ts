/** What is said on each connect, and the broker does not take: told once, not with each connection. */
import { reasonOf } from '../reason-of.js'
import { isOfLine } from './errors.js'
import type { Log } from './log-port.js'

/** Takes the reasons; a line that goes is told by the link. */
export const createComplaints = (log: Log): ((error: unknown) => void) => {
  const told = new Set<string>()
  return (error) => {
    const reason = reasonOf(error)
    if (isOfLine(error) || told.has(reason)) {
      log.debug(reason)
      return
    }
    told.add(reason)
    log.warn(reason)
  }
}
