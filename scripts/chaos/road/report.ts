/** What a run has shown, as tables, and whether all is well. */
import Database from 'better-sqlite3'
import type { Stage } from './faults.js'
import { type Closure, closuresOf, gapsOf } from './truth.js'

export type Run = {
  stage: Stage
  counts: ReadonlyMap<string, number>
  exitCode: number | null
  isOnAtEnd: boolean
  outbox: string
}

// Issue "it survives the road": restart windows of at most 5 s; off within 2 s after a kill.
const RESTART_MS = 5000
const OFF_MS = 2000

const waitingIn = (file: string): number => {
  const database = new Database(file, { readonly: true })
  try {
    return Number(database.prepare('SELECT count(*) FROM waiting').pluck().get())
  } finally {
    database.close()
  }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2)
const spread = (all: readonly number[]): string => {
  const sorted = [...all].sort((a, b) => a - b)
  if (sorted.length === 0) return 'none'
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return `${sorted.length}, median ${at(0.5)} ms, longest ${at(1)} ms`
}

/** Prints it all, last what was lost. @returns whether nothing was */
export const report = ({ stage, counts, exitCode, isOnAtEnd, outbox }: Run, say: (line: string) => void): boolean => {
  const { log, alerts, line, gpioFaults, offAfterMs, unsaid } = stage
  const events = [...alerts.received.values()]
  const microsleeps = events.filter(({ rule, phase }) => rule === 'microsleep' && phase !== 'ended').map(({ clock }) => clock.monotonicMs)
  const closures = closuresOf(log.watched, microsleeps, line.sounding, gpioFaults)
  const missed = (which: (closure: Closure) => boolean) => closures.filter((closure) => !which(closure))
  const withoutEvent = missed(({ event }) => event)
  const withoutBuzzer = missed(({ buzzer, excused }) => buzzer || excused)
  const gaps = gapsOf(new Set(events.map(({ seq }) => seq)))
  const waiting = waitingIn(outbox)
  const slow = log.restartsMs.filter((ms) => ms > RESTART_MS)
  const late = offAfterMs.filter((ms) => ms > OFF_MS)

  say('\n| fault | times |\n|---|---|')
  for (const [name, times] of counts) say(`| ${name} | ${times} |`)
  say('\n| what | |\n|---|---|')
  say(`| closures wholly seen | ${closures.length} |`)
  say(`| … without a microsleep at the fleet | ${withoutEvent.length} |`)
  say(`| … without the buzzer (${closures.filter(({ excused }) => excused).length} while its line refused) | ${withoutBuzzer.length} |`)
  say(`| restarts of the eyes | ${spread(log.restartsMs)} |`)
  say(`| starts of the daemon after a kill, 2 s of pause included | ${spread(log.startsMs)} |`)
  say(`| buzzer and light off after a kill of the daemon | ${spread(offAfterMs)} |`)
  say(`| events received, numbers missing, left in the outbox | ${events.length}, ${gaps.length}, ${waiting} |`)
  say(`| exit code, outputs at the end | ${exitCode}, ${isOnAtEnd ? 'ON' : 'off'} |\n`)
  for (const what of unsaid) say(`  unsaid: ${what}`)
  for (const { thresholdMs } of [...withoutEvent, ...withoutBuzzer].slice(0, 5))
    say(`  missed: the closure whose second was over at ${seconds(thresholdMs)} s`)
  const lost = [
    [withoutEvent.length, 'closures without an event'],
    [withoutBuzzer.length, 'closures without the buzzer'],
    [slow.length, `restarts longer than ${RESTART_MS / 1000} s`],
    [late.length, `kills after which the outputs stayed on for more than ${OFF_MS / 1000} s`],
    [gaps.length + waiting, 'events'],
    [unsaid.length, 'faults that were not told'],
    [Number(isOnAtEnd), 'outputs on at the end'],
    [Number(exitCode !== 0), 'end in order'],
  ] as const
  const found = lost.filter(([count]) => count > 0)
  say(`lost: ${found.length === 0 ? '0' : found.map(([count, what]) => `${count} ${what}`).join(', ')}`)
  return found.length === 0 && closures.length > 0
}
