/**
 * Counts trips and days while they last, keeps them over a restart, and tells each when it is over.
 * A stop of the daemon ends no trip: back within 10 minutes it goes on; else it is told at the next start, as cut.
 */
import type { Summary } from '../fleet/payloads/summary.js'
import { lateVerdicts, type Past, type PastIncident, pastOf } from './past.js'
import { createPeriod, type IncidentStep, type Moment, type Period } from './period.js'
import { summaryOf, type VerdictOf } from './report.js'
import { type Clocks, type Finished, isSameTrip, type SavedDay, type SavedPeriod, type SavedSummaries, setRight } from './saved.js'

export type SummariesOptions = {
  vehicle: string
  simulated: boolean
  /** What an earlier run has kept, null: nothing, or nowhere to keep it. */
  saved: SavedSummaries | null
  /** False: there is nowhere to keep it; a trip is then told when the daemon stops. */
  isKept: boolean
  now: () => Clocks
  /** The date of a moment in the machine's own time zone, "2026-11-24". */
  dateOf: (wallMs: number) => string
  /** A UUIDv7 of that time. */
  newId: (wallMs: number) => string
  verdictOf: VerdictOf
  /** Incidents of days that were told. */
  past: Past
  /** Takes a summary to keep until the broker has it. */
  tell: (summary: Summary) => void
}

export interface Summaries {
  step(moment: Moment): void
  incident(step: IncidentStep): void
  tripBegan(): void
  tripEnded(): void
  /** What is to be kept now. */
  read(): SavedSummaries
  /** To be called every few minutes: ends the day at midnight, and a trip that nobody took up again. @returns what is to be kept now */
  turn(): SavedSummaries
  /** The daemon stops. What comes after is not counted; what was told is safe in the outbox when the fleet is closed. @returns what is to be kept */
  stop(): SavedSummaries
}

// Own: a day and a half ahead is no time zone and no leap: that clock was wrong.
const CLOCK_AHEAD_MS = 36 * 3_600_000

type Running = { id: string; began: Clocks; period: Period }

/** Tells at once what an earlier run left behind. */
export const createSummaries = (options: SummariesOptions): Summaries => {
  const { saved, now, dateOf, newId, tell } = options
  let told: Finished[] = []
  /** Of what was told, to be remembered once it is safe: told twice is better than not at all. */
  let passed: PastIncident[] = []
  let trip: Running | null = null
  /** Of an earlier run: waits for the trip to go on. */
  let left: SavedPeriod | null = saved?.trip ?? null
  let isStopped = false

  const start = (): Running => {
    const began = now()
    return { id: newId(began.wallMs), began, period: createPeriod() }
  }
  const resume = ({ id, began, counted }: SavedPeriod): Running => ({ id, began, period: createPeriod(counted) })
  const save = ({ id, began, period }: Running): SavedPeriod => {
    const last = now()
    return { id, began: setRight(began, last), last, counted: period.read() }
  }

  const finish = (over: Finished): void => {
    const summary = summaryOf(over, options.vehicle, options.verdictOf, options.simulated)
    if (summary === null) return
    tell(summary)
    told.push(over)
    passed.push(...pastOf(over, options.verdictOf))
  }
  /** What was told is safe by now. */
  const settle = (): void => {
    told = []
    if (passed.length > 0) options.past.add(passed)
    passed = []
  }
  const giveUp = (): void => {
    if (left !== null) finish({ ...left, kind: 'trip', cut: true })
    left = null
  }

  // What was told just before the crash may not have reached the outbox: again, under the same id.
  for (const over of saved?.told ?? []) finish(over)
  if (left !== null && !isSameTrip(left.last, now())) giveUp()

  const newDay = () => ({ ...start(), date: dateOf(now().wallMs), trips: 0 })
  let day = saved?.day ? { ...resume(saved.day), date: saved.day.date, trips: saved.day.trips } : newDay()
  let dayLast = saved?.day?.last ?? now()
  const saveDay = (): SavedDay => ({ ...save(day), last: dayLast, date: day.date, trips: day.trips })

  /**
   * A clock that is set right gives a day that began by the wrong one the date on which it began; one that is set back makes no day of its own; one
   * that had been far ahead gives its day the date that it has by now.
   */
  const turnDay = (): void => {
    const began = setRight(day.began, now())
    if (began !== day.began) Object.assign(day, { began, date: dateOf(began.wallMs) })
    const today = dateOf(now().wallMs)
    if (Date.parse(day.date) - Date.parse(today) > CLOCK_AHEAD_MS) day.date = today
    if (today <= day.date) return
    finish({ ...saveDay(), kind: 'day', late: lateVerdicts(options.past.known(), options.verdictOf) })
    day = newDay()
  }
  turnDay()

  const state = (): SavedSummaries => ({ trip: trip === null ? left : save(trip), day: saveDay(), told })

  return {
    step(moment) {
      if (isStopped) return
      trip?.period.step(moment)
      day.period.step(moment)
    },
    incident(step) {
      if (isStopped) return
      trip?.period.incident(step)
      day.period.incident(step)
    },
    tripBegan() {
      if (isStopped || trip !== null) return
      if (left !== null && isSameTrip(left.last, now())) {
        trip = resume(left)
        left = null
        return
      }
      giveUp()
      trip = start()
      day.trips += 1
    },
    tripEnded() {
      if (isStopped || trip === null) return
      finish({ ...save(trip), kind: 'trip', cut: false })
      trip = null
    },
    read: state,
    turn() {
      dayLast = now()
      // Told long enough ago.
      settle()
      if (left !== null && !isSameTrip(left.last, now())) giveUp()
      turnDay()
      return state()
    },
    stop() {
      isStopped = true
      dayLast = now()
      if (!options.isKept && trip !== null) {
        finish({ ...save(trip), kind: 'trip', cut: true })
        trip = null
      }
      // The outbox is closed after this, and writes what it has.
      settle()
      return state()
    },
  }
}

export { createPast, type Past, pastIncident } from './past.js'
export { type SavedSummaries, savedSummaries } from './saved.js'
