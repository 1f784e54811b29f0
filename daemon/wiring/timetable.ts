/** What the daemon does by the clock: the heartbeat, the keeping of summaries, the clearing of the state folder. */
import type { Config } from '../config/index.js'
import { createJobs, type Job, type Jobs } from '../jobs/index.js'
import type { Logger } from '../log.js'
import { phaseOf } from './phase.js'

export interface ExchangeableJobs extends Jobs {
  /** Rejects with a JobsError where a schedule cannot be read; the old ones then go on. */
  take(config: Config): Promise<void>
}

/**
 * @param jobsOf the jobs with a configuration
 * @throws JobsError when a schedule cannot be read
 */
export const createTimetable = (config: Config, jobsOf: (config: Config) => readonly Job[], log: Logger): ExchangeableJobs => {
  const open = (wanted: Config): Jobs => createJobs(jobsOf(wanted), { phase: phaseOf(wanted.vehicle.fleet, wanted.vehicle.id), log })
  let current = open(config)
  let closed = false
  return {
    async take(wanted) {
      if (closed) return
      const old = current
      current = open(wanted)
      await old.close()
    },
    close() {
      closed = true
      return current.close()
    },
  }
}
