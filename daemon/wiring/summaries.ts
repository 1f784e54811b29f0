/** Summaries in the daemon: fed by what is judged, kept in the state folder, told to the fleet. */
import type { Clock } from '../fleet/clock.js'
import { liveIds } from '../fleet/ids.js'
import type { Fleet } from '../fleet/index.js'
import type { Verdicts } from '../fleet/verdicts/index.js'
import type { VehicleInputs } from '../inputs/index.js'
import type { TripNews } from '../inputs/trip.js'
import type { Job } from '../jobs/index.js'
import type { Logger } from '../log.js'
import { reasonOf } from '../reason-of.js'
import { openLinesFile } from '../state/lines-file.js'
import { createStateFile, type StateFile } from '../state/state-file.js'
import { createPast, createSummaries, type Past, pastIncident, type SavedSummaries, savedSummaries } from '../summary/index.js'
import { summarySentence } from '../summary/sentence.js'
import type { Observed } from './observing.js'

export type SummaryParts = {
  vehicle: string
  simulated: boolean
  /** Where they are kept over a restart, to be closed once the fleet is; null: nowhere. */
  store: SummaryStore | null
  past: Past
  clock: Clock
  fleet: Pick<Fleet, 'summary'>
  inputs: Pick<VehicleInputs, 'ignition'>
  verdicts: Pick<Verdicts, 'of'>
  log: Pick<Logger, 'info'>
}

export type SummaryStore = StateFile<SavedSummaries>

export interface SummaryKeeping {
  /** Once an observation, after the outputs. */
  step(observed: Omit<Observed, 'observation'>): void
  trip(news: TripNews): void
  /** Keeps what was counted; turns the day. */
  readonly job: Job
  /** The daemon stops: what the ignition has not ended goes on with the next start. To be called before the fleet is closed. */
  stop(): void
}

// Own: a pulled plug costs a summary no more than that; 288 times a day is little for a memory card (docs/fleet.md).
const KEPT_EVERY = '*/5 * * * *'
// What ends a trip is kept at once, but nothing more often than this.
const WRITTEN_EVERY_MS = 10_000

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** In the machine's own time zone. */
const dateOf = (wallMs: number): string => {
  const date = new Date(wallMs)
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
}

/** @param file null: nothing is kept. @param warn told what is wrong with the file */
export const openSummaryStore = (file: string | null, warn: (message: string) => void): SummaryStore | null =>
  file === null
    ? null
    : createStateFile({
        ...{ file, warn, schema: savedSummaries, name: 'The summary of this trip and day', otherwise: 'counting begins anew' },
        everyMs: WRITTEN_EVERY_MS,
      })

// Own: twice what is known at once, and a file that is written anew once a week at most.
const MOST_LINES = 2_000

/** The incidents of days that were told. @param file null: they are known in this run only. @param warn told what is wrong with the file, once for each change */
export const openPastIncidents = (file: string | null, warn: (message: string) => void): Past & { close(): Promise<void> } => {
  if (file === null) return { ...createPast(), close: async () => undefined }
  let writing: Promise<unknown> = Promise.resolve()
  const lines = openLinesFile({
    ...{ file, schema: pastIncident, name: 'The incidents of past days', mostLines: MOST_LINES, warn },
    current: () => past.known(),
  })
  const past = createPast(lines.records, (added) => {
    writing = Promise.all(added.map(lines.add)).catch((fault: unknown) =>
      warn(`Past incidents cannot be kept in ${file}: ${reasonOf(fault)}`),
    )
  })
  return { ...past, close: async () => void (await writing) }
}

/** Takes up what an earlier run has left. */
export const createSummaryKeeping = ({
  vehicle,
  simulated,
  store,
  clock,
  fleet,
  inputs,
  verdicts,
  past,
  log,
}: SummaryParts): SummaryKeeping => {
  const summaries = createSummaries({
    vehicle,
    simulated,
    saved: store?.load() ?? null,
    isKept: store !== null,
    now: () => ({ bootId: clock.bootId, monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs(), synced: clock.synced() }),
    dateOf,
    newId: (wallMs) => liveIds().event(0, wallMs),
    verdictOf: verdicts.of,
    past,
    tell(summary) {
      log.info(summarySentence(summary))
      fleet.summary(summary)
    },
  })
  const keep = (state: ReturnType<typeof summaries.turn>): void => store?.offer(state, clock.monotonicMs())

  return {
    step({ verdict: { eyes, closedMs, measures }, told: { speedKmh }, events, nowMs }) {
      const { perclos60, blinksPerMinute } = measures
      summaries.step({
        ...{ atMs: nowMs, isSeen: eyes !== 'unseen', closedMs, perclos60, blinksPerMinute, speedKmh },
        ignition: inputs.ignition(nowMs),
      })
      for (const event of events) summaries.incident(event)
    },
    trip({ phase }) {
      if (phase === 'began') summaries.tripBegan()
      else summaries.tripEnded()
      keep(summaries.read())
    },
    job: { name: 'summaries', schedule: KEPT_EVERY, work: () => keep(summaries.turn()) },
    stop: () => keep(summaries.stop()),
  }
}
