/** What the parts of a run have shown together, as tables, and whether all is well. */
import type { Findings } from './findings.js'
import type { Closure } from './truth.js'

// Issue "it survives the road": restart windows of at most 5 s; off within 2 s after a kill.
const RESTART_MS = 5000
const OFF_MS = 2000
// Own: programs that want each core; with more, how long models take to load says nothing of the daemon. Told, and not counted.
const OVERLOADED = 2
// Own: so many closures may fall into moments in which the machine gave the eyes no frame; more, and the run says nothing.
const STARVED_SHARE = 0.05

const spread = (all: readonly number[]): string => {
  const sorted = [...all].sort((a, b) => a - b)
  if (sorted.length === 0) return 'none'
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return `${sorted.length}, median ${at(0.5)} ms, longest ${at(1)} ms`
}

/** Each fault with how often it was done in all parts. */
const countsOf = (parts: readonly Findings[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { faults } of parts) for (const [name, times] of Object.entries(faults)) counts.set(name, (counts.get(name) ?? 0) + times)
  return counts
}

/** Prints it all, last what was lost. @returns whether nothing was */
export const report = (parts: readonly Findings[], say: (line: string) => void): boolean => {
  const all = <T>(of: (part: Findings) => readonly T[]): T[] => parts.flatMap(of)
  const sum = (of: (part: Findings) => number): number => parts.reduce((total, part) => total + of(part), 0)
  const closures = all((part) => part.closures)
  const restarts = all((part) => part.restarts)
  const starts = all((part) => part.starts)
  const long = [...restarts, ...starts].filter(({ ms }) => ms > RESTART_MS)
  const slow = long.filter(({ loadPerCore }) => loadPerCore <= OVERLOADED)
  const offAfter = all((part) => part.offAfterMs)
  const unsaid = all((part) => part.unsaid)
  const told = all((part) => part.toldMs)
  const untold = closures.filter(({ lateMs }) => lateMs === null)
  const isMissed = ({ isStarved }: Closure) => !isStarved
  const withoutEvent = untold.filter(isMissed)
  const starved = untold.length - withoutEvent.length
  const silent = closures.filter(({ buzzer, excused, isStarved }) => !buzzer && !excused && !isStarved)
  const events = sum(({ events }) => events)
  const missing = sum(({ missingEvents }) => missingEvents)
  const ended = parts.filter(({ exitCode }) => exitCode === 0).length
  const left = parts.filter(({ isOnAtEnd }) => isOnAtEnd).length

  say('\n| fault | times |\n|---|---|')
  for (const [name, times] of countsOf(parts)) say(`| ${name} | ${times} |`)
  say('\n| what | |\n|---|---|')
  say(`| closures wholly seen | ${closures.length} |`)
  say(`| … without a microsleep at the fleet | ${withoutEvent.length} |`)
  say(`| … in which the machine gave the eyes no frame for 0.37 s, and that were not told | ${starved} |`)
  say(
    `| … without the buzzer (${closures.filter(({ excused }) => excused).length} while its line refused, or this program was kept from looking) | ${silent.length} |`,
  )
  say(`| from a closure's second to its event | ${spread(closures.flatMap(({ lateMs }) => lateMs ?? []))} |`)
  say(`| restarts of the eyes | ${spread(restarts.map(({ ms }) => ms))} |`)
  say(`| starts of the daemon after a kill, 1 s of pause included | ${spread(starts.map(({ ms }) => ms))} |`)
  say(`| … of both, longer than 5 s while more than two programs wanted each core | ${long.length - slow.length} |`)
  for (const fault of new Set(told.map(({ fault }) => fault)))
    say(`| ${fault}: until the fleet was told | ${spread(told.filter((one) => one.fault === fault).map(({ ms }) => ms))} |`)
  say(`| buzzer and light off after a kill of the daemon | ${spread(offAfter)} |`)
  say(`| events received, missing | ${events}, ${missing} |`)
  say(`| daemons that ended in order, outputs on at the end | ${ended} of ${parts.length}, ${left} |`)
  say(`| eyes that fell silent unasked | ${sum(({ unasked }) => unasked.length)} |`)
  say(`| a timer of this program was late by at most | ${Math.round(Math.max(...parts.map((part) => part.longestLateMs)))} ms |\n`)
  for (const what of unsaid) say(`  unsaid: ${what}`)
  for (const { thresholdMs } of [...withoutEvent, ...silent].slice(0, 9))
    say(`  missed: the closure whose second was over at ${(thresholdMs / 1000).toFixed(2)} s`)
  const lost = [
    [withoutEvent.length, 'closures without an event'],
    [silent.length, 'closures without the buzzer'],
    [starved > STARVED_SHARE * closures.length ? starved : 0, 'closures that a machine too busy did not show'],
    [slow.length, `restarts or starts longer than ${RESTART_MS / 1000} s`],
    [offAfter.filter((ms) => ms > OFF_MS).length, `kills after which the outputs stayed on for more than ${OFF_MS / 1000} s`],
    [missing, 'events'],
    [unsaid.length, 'faults that were not told in time'],
    [left, 'outputs on at the end'],
    [parts.length - ended, 'ends in order'],
  ] as const
  const found = lost.filter(([count]) => count > 0)
  say(`lost: ${found.length === 0 ? '0' : found.map(([count, what]) => `${count} ${what}`).join(', ')}`)
  return found.length === 0 && closures.length > 0
}
