/** What a run has shown, part by part: plain numbers, so that they can be kept and added up. */
import Database from 'better-sqlite3'
import type { Stage } from './faults.js'
import type { Restart } from './log.js'
import { type Closure, closuresOf, gapsOf } from './truth.js'

export type Findings = {
  /** How often each fault was done. */
  faults: Record<string, number>
  seconds: number
  closures: Closure[]
  restarts: readonly Restart[]
  starts: readonly Restart[]
  offAfterMs: readonly number[]
  toldMs: { fault: string; ms: number }[]
  unsaid: string[]
  /** Vision processes that fell silent unasked. */
  unasked: readonly string[]
  events: number
  /** Numbers missing among them, and events left in the outbox. */
  missingEvents: number
  exitCode: number | null
  isOnAtEnd: boolean
  /** How late the run's own timer was at most, ms. */
  longestLateMs: number
}

const waitingIn = (file: string): number => {
  const database = new Database(file, { readonly: true })
  try {
    return Number(database.prepare('SELECT count(*) FROM waiting').pluck().get())
  } finally {
    database.close()
  }
}

/** @param frames when the daemon had a frame, by its own record; @param outbox its file, after the end */
export const findingsOf = (
  stage: Stage,
  run: Pick<Findings, 'faults' | 'seconds' | 'exitCode' | 'isOnAtEnd'>,
  frames: readonly number[],
  outbox: string,
): Findings => {
  const { eyes, log, alerts, line, gpioFaults, offAfterMs, toldMs, unsaid } = stage
  const events = [...alerts.received.values()]
  const microsleeps = events.filter(({ rule, phase }) => rule === 'microsleep' && phase !== 'ended').map(({ clock }) => clock.monotonicMs)
  return {
    ...run,
    closures: closuresOf(log.watched, microsleeps, line.sounding, [...gpioFaults, ...line.unwatched], frames),
    restarts: log.restarts,
    starts: log.starts,
    offAfterMs,
    toldMs,
    unsaid,
    unasked: log.unasked,
    events: events.length,
    missingEvents: gapsOf(new Set(events.map(({ seq }) => seq))).length + waitingIn(outbox),
    longestLateMs: eyes.longestLateMs,
  }
}
