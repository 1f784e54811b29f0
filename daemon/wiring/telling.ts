/** The way of what is told: the outbox, the fleet, and what the vehicle tells of itself. */
import { birthFacts, configSha256 } from '../birth.js'
import { type Config, locksOf } from '../config/index.js'
import type { Clock } from '../fleet/clock.js'
import type { Incoming } from '../fleet/incoming.js'
import { createFleet, type Fleet, type Introduced } from '../fleet/index.js'
import { openOutbox } from '../fleet/outbox/index.js'
import type { Conditions } from '../health/conditions.js'
import type { Logger } from '../log.js'
import { stateFile } from '../state-folder.js'
import type { Past } from '../summary/index.js'
import type { Closing } from './closing.js'
import { openPastIncidents, openSummaryStore, type SummaryStore } from './summaries.js'

export type TellingOptions = {
  config: Config
  configFile: string | null
  modelOf(classifier: Config['classifier']): string
  simulated: boolean
  /** The compiled thread of the outbox, where it does not lie beside its file. */
  threadFile?: string | undefined
  clock: Clock
  conditions: Conditions
  log: Logger
  onMessage(incoming: Incoming): void
}

export type Telling = {
  fleet: Fleet
  /** Null: nothing is kept of recorded or scripted eyes. */
  store: SummaryStore | null
  /** Incidents of days that were told. */
  past: Past
  /** What the vehicle tells of itself with a configuration. */
  introductionOf(config: Config): Introduced
}

/** @throws FleetError. Rejects where the outbox cannot be opened at all. */
export async function openTelling(options: TellingOptions, closing: Closing): Promise<Telling> {
  const { config, configFile, modelOf, simulated, threadFile, clock, conditions, log, onMessage } = options
  const nowWallMs = () => (clock.synced() ? clock.wallMs() : null)
  const waiting = { ...config.fleet.outbox, file: config.fleet.outbox.file ?? stateFile(config.state.dir, 'outbox.sqlite') }
  const onDisk = (isRefusing: boolean, sentence: string) => conditions.tell('disk-refuses', isRefusing, sentence)
  const outbox = await openOutbox(waiting, { log, nowWallMs, onDisk, threadFile })
  // Opened before the fleet, and so closed after it: what was told is then safe in the outbox.
  const fileOf = (name: string) => (simulated ? null : stateFile(config.state.dir, name))
  const warn = (message: string) => log.warn(message)
  const store = openSummaryStore(fileOf('summaries.json'), warn)
  const past = openPastIncidents(fileOf('incidents.jsonl'), warn)
  closing.add(async () => {
    // Together: on a slow disk each flush takes seconds.
    await Promise.all([store?.close(), past.close()])
  })
  const introductionOf = (wanted: Config): Introduced => ({
    birth: birthFacts(wanted, modelOf(wanted.classifier)),
    config: { configSha256: configSha256(wanted), file: configFile, locked: locksOf(wanted), config: wanted },
    ...(wanted.fleet.homeAssistant.discovery ? { homeAssistantPrefix: wanted.fleet.homeAssistant.prefix } : {}),
  })
  const { vehicle } = config
  const fleet = createFleet(config.fleet, { ...introductionOf(config), vehicle, simulated, clock, log, outbox, onMessage })
  closing.add(fleet.close)
  return { fleet, store, past, introductionOf }
}
