/** What is done beside the watch: by the clock, under strain, for those who ask how it is, and for systemd's watchdog. */
import type { Aim } from '../aim/index.js'
import type { Config } from '../config/index.js'
import type { Notifier } from '../health/notify.js'
import type { Watchdog } from '../health/watchdog.js'
import type { Run } from '../remote/run.js'
import { stateFolder } from '../state-folder.js'
import type { Closing } from './closing.js'
import { openControl } from './control.js'
import type { EvidenceKeeping } from './evidence.js'
import { type Health, type HealthParts, openHealth } from './health.js'
import { createHeartbeat, type HeartbeatParts } from './heartbeat.js'
import type { Listening } from './listening.js'
import { createMinute, type MinuteParts } from './minute.js'
import { createPruning } from './pruning.js'
import { watchStrain } from './strain.js'
import type { SummaryKeeping } from './summaries.js'
import { createTimetable, type ExchangeableJobs } from './timetable.js'

export type UpkeepParts = Omit<HeartbeatParts & HealthParts & MinuteParts, 'evidence' | 'isAdvancing' | 'isWatching'> & {
  config: Config
  evidence: EvidenceKeeping
  summaries: SummaryKeeping
  aim: Aim
  watchdog: Watchdog
  notifier: Notifier
  well: Run['well']
  selfTest: Listening['selfTest']
}

/** @throws JobsError when a schedule cannot be read */
export async function openUpkeep(parts: UpkeepParts, closing: Closing): Promise<{ jobs: ExchangeableJobs; health: Health }> {
  const { config, evidence, summaries, aim, fleet, host, conditions, clock, watchdog, notifier, well, selfTest, log } = parts
  const isWatching = () => well().vision
  const isAdvancing = () => watchdog.due(clock.monotonicMs())
  const beat = createHeartbeat(parts)
  const minute = createMinute({ ...parts, isWatching })
  const pruning = createPruning(stateFolder(config.state.dir), clock, log)
  const jobs = createTimetable(config, ({ fleet: { heartbeat } }) => [beat(heartbeat), minute, summaries.job, pruning, evidence.job], log)
  closing.add(jobs.close)
  const shed = (isOn: boolean) => {
    aim.shed(isOn)
    evidence.pause(isOn)
    fleet.holdSummaries(isOn)
  }
  closing.add(watchStrain({ host, conditions, now: clock.monotonicMs, shed }))
  const health = await openHealth(config.health.port, { ...parts, isAdvancing, isWatching }, log)
  closing.add(health.close)
  closing.add(() => aim.close())
  closing.add(await openControl(config.state.dir, { aim, selfTest, well }, log))
  const feeding = setInterval(() => {
    if (isAdvancing()) notifier.watchdog()
    // So often that one left out, by a machine that was busy for a moment, does not end the watch.
  }, notifier.watchdogMs / 5)
  closing.add(() => clearInterval(feeding))
  return { jobs, health }
}
