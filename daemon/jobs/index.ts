/** What is done by the clock. Cron expressions of five fields, or six with seconds first. */
import { schedule, validateDetailed } from 'node-cron'

export class JobsError extends Error {
  override readonly name = 'JobsError'
  readonly code = 'cron'
}

/** What this room needs of a logger; pino fits. */
type Log = Readonly<Record<'debug' | 'error', (message: string) => void>>

export type Job = {
  /** For messages: "heartbeat". */
  name: string
  /** A cron expression. */
  schedule: string
  work(): void
}

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

const text = (message: unknown): string => (message instanceof Error ? message.message : String(message))

/**
 * Starts the jobs. Work that throws is logged, and done again at its next time; a time missed while the process was busy is skipped.
 * @throws JobsError when an expression cannot be read; no job runs then
 */
export const createJobs = (jobs: readonly Job[], log: Log): Jobs => {
  for (const { name, schedule } of jobs) check(name, schedule)
  const tasks = jobs.map((job) => {
    const work = () => {
      try {
        job.work()
      } catch (error) {
        log.error(`The ${job.name} failed: ${text(error)}`)
      }
    }
    return schedule(job.schedule, work, {
      name: job.name,
      suppressMissedWarning: true,
      logger: {
        info: (message) => log.debug(message),
        warn: (message) => log.debug(message),
        error: (message) => log.error(text(message)),
        debug: (message) => log.debug(text(message)),
      },
    })
  })
  return {
    close: async () => {
      await Promise.all(tasks.map((task) => task.destroy()))
    },
  }
}
