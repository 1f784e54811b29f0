/** What is done by the clock. Cron expressions of five fields, or six with seconds first. */
import { schedule, validateDetailed } from 'node-cron'
import { reasonOf } from '../reason-of.js'

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

export type JobsOptions = {
  /** 0..1: at which point of the time to its next turn each job is done; 0: at its turn. */
  phase: number
  log: Log
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

/**
 * Starts the jobs. Work that throws is logged, and done again at its next time; a time missed while the process was busy is skipped.
 * @throws JobsError when an expression cannot be read; no job runs then
 */
export const createJobs = (jobs: readonly Job[], { phase, log }: JobsOptions): Jobs => {
  for (const { name, schedule } of jobs) check(name, schedule)
  const delayed = new Set<NodeJS.Timeout>()

  const start = ({ name, schedule: when, work }: Job) => {
    const doWork = () => {
      try {
        work()
      } catch (error) {
        log.error(`The ${name} failed: ${reasonOf(error)}`)
      }
    }
    const turn = () => {
      const next = task.getNextRun()
      const waitMs = next === null ? 0 : phase * Math.max(0, next.getTime() - Date.now())
      const timer = setTimeout(() => {
        delayed.delete(timer)
        doWork()
      }, waitMs)
      delayed.add(timer)
    }
    const task = schedule(when, turn, {
      name,
      suppressMissedWarning: true,
      logger: {
        info: (message) => log.debug(message),
        warn: (message) => log.debug(message),
        error: (message) => log.error(reasonOf(message)),
        debug: (message) => log.debug(reasonOf(message)),
      },
    })
    return task
  }

  const tasks = jobs.map(start)
  return {
    close: async () => {
      await Promise.all(tasks.map((task) => task.destroy()))
      for (const timer of delayed) clearTimeout(timer)
    },
  }
}
