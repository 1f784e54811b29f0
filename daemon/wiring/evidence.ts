/** Evidence in the daemon: fed by the events of alarms and by pictures, kept in the state folder or where the configuration says. */
import path from 'node:path'
import type { Config } from '../config/index.js'
import { createEvidence, type Evidence, type Raised } from '../evidence/index.js'
import type { Clock } from '../fleet/clock.js'
import { liveIds } from '../fleet/ids.js'
import type { Event } from '../fleet/payloads/event.js'
import type { Conditions } from '../health/conditions.js'
import type { Job } from '../jobs/index.js'
import type { Logger } from '../log.js'
import { stateFolder } from '../state-folder.js'
import type { Observed } from './observing.js'
import type { Viewing } from './viewing.js'

export type EvidenceKeepingParts = {
  config: Pick<Config, 'evidence' | 'state'>
  simulated: boolean
  viewing: Pick<Viewing, 'watch'>
  clock: Clock
  conditions: Conditions
  log: Logger
}

export interface EvidenceKeeping extends Pick<Evidence, 'state' | 'pause' | 'snapshot' | 'close'> {
  /** Once an observation, after the outputs. */
  step(observed: Pick<Observed, 'events' | 'nowMs'>): void
  /** Deletes what is too old. */
  readonly job: Job
  /** Other settings: what is being kept is ended, and what comes is kept by them. */
  take(config: EvidenceKeepingParts['config']): Promise<void>
}

// Own: an age that counts in days; at the start too, as vehicles stand at night.
const EVERY_HOUR = '30 * * * *'

/** Null: there is no folder for it. */
export const evidenceFolder = ({ evidence, state }: Pick<Config, 'evidence' | 'state'>): string | null => {
  const folder = stateFolder(state.dir)
  return evidence.dir ?? (folder === null ? null : path.join(folder, 'evidence'))
}

const raisedBy = ({ incident, rule, level, at, clock: { synced, monotonicMs } }: Event): Raised => ({
  ...{ id: incident, rule, level, at },
  clockSynced: synced,
  atMs: monotonicMs,
})

export function createEvidenceKeeping({ config, simulated, viewing, clock, conditions, log }: EvidenceKeepingParts): EvidenceKeeping {
  let { fromLevel } = config.evidence
  const tell = (fault: string | null, well: string): void =>
    conditions.tell('evidence-fails', fault !== null, fault === null ? well : `Evidence cannot be kept: ${fault}. The watch goes on.`)
  const open = (wanted: typeof config): Evidence =>
    createEvidence({
      ...{ config: wanted.evidence, folder: evidenceFolder(wanted), simulated, clock, log },
      watchPictures: viewing.watch,
      newId: (wallMs) => liveIds().event(0, wallMs),
      onState: (fault) => tell(fault, 'Evidence can be kept again.'),
    })
  let evidence = open(config)
  let closed = false
  const isKept = ({ phase, level, quiet }: Event): boolean => phase !== 'ended' && level >= fromLevel && quiet !== true
  void evidence.tidy()
  return {
    get state() {
      return evidence.state
    },
    step: ({ events, nowMs }) => evidence.took(events.filter(isKept).map(raisedBy), nowMs),
    pause: (isOn) => evidence.pause(isOn),
    snapshot: () => evidence.snapshot(),
    close() {
      closed = true
      return evidence.close()
    },
    async take(wanted) {
      await evidence.close()
      if (closed) return
      // What was wrong with the settings before may be so no more; what still is, is told again.
      tell(null, 'Evidence has other settings.')
      fromLevel = wanted.evidence.fromLevel
      evidence = open(wanted)
      await evidence.tidy()
    },
    job: { name: 'evidence', schedule: EVERY_HOUR, work: () => void evidence.tidy() },
  }
}
