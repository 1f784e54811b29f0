/** What is done by the clock: the heartbeat today. Cron expressions of five fields, or six with seconds first. */
import { schedule, validateDetailed } from 'node-cron'

export class JobsError extends Error {
  override readonly name = 'JobsError'
  readonly code = 'cron'
}

/** What this room needs of a logger; pino fits. */
type Log = Readonly<Record<'debug' | 'error', (message: string) => void>>

export type Schedules = { heartbeat: string }
export type Work = { heartbeat(): void }

export interface Jobs {
  close(): Promise<void>
}

const check = (name: string, expression: string): void => {
  const { valid, errors } = validateDetailed(expression)
  if (valid) return
  const why = errors.map((error) => error.message).join('; ')
  throw new JobsError(
    `The schedule of ${name} "${expression}" is not a cron expression (${why}): write for example "*/30 * * * * *", every 30 s.`,
  )
}

/**
 * Starts the jobs. Work that throws is logged, and done again at its next time; a time missed while the process was busy is skipped.
 * @throws JobsError when an expression cannot be read
 */
export const createJobs = (schedules: Schedules, work: Work, log: Log): Jobs => {
  check('heartbeat', schedules.heartbeat)
  const heartbeat = () => {
    try {
      work.heartbeat()
    } catch (error) {
      log.error(`The heartbeat failed: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const text = (message: string | Error): string => (message instanceof Error ? message.message : message)
  const task = schedule(schedules.heartbeat, heartbeat, {
    name: 'heartbeat',
    suppressMissedWarning: true,
    logger: {
      info: (message) => log.debug(message),
      warn: (message) => log.debug(message),
      error: (message) => log.error(text(message)),
      debug: (message) => log.debug(text(message)),
    },
  })
  return {
    close: async () => {
      await task.destroy()
    },
  }
}
