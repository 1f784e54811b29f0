/** What the daemon is given, and what it gives whoever runs it. */
import type { Condition } from './condition.js'
import type { Config } from './config/index.js'
import type { TripNews } from './inputs/trip.js'
import type { Verdict } from './judgement/index.js'
import type { Logger } from './log.js'
import type { Run } from './remote/run.js'
import type { Eyes } from './wiring/eyes.js'
import type { Remote } from './wiring/listening.js'

export type DaemonOptions = {
  config: Config
  /** File of the eye-state model that a configuration asks for. */
  modelOf(classifier: Config['classifier']): string
  log: Logger
  /** Gives the log another level and format; without it, it keeps those that it has. */
  adjustLog?: (config: Config['log']) => void
  simulated: boolean
  /** Folder for observations, or null. */
  recordDir: string | null
  /** Told of every verdict; for the demonstration. */
  onVerdict?: (verdict: Verdict) => void
  /** Told when a trip begins and when it ends. */
  onTrip?: (news: TripNews) => void
  /** Name of the file the configuration was read from; null: built in. */
  configFile?: string | null
  /** What changes the configuration from afar; without it, nothing does. */
  remote?: Remote
  /** Conditions that stand from the start, and are said already. */
  standing?: readonly Condition[]
  /** There is nothing else to start with: a line that cannot be had is done without, and told. */
  isLastResort?: boolean
  /** The eyes of the daemon before, where there was one in this program. */
  eyes?: Eyes
  /** The compiled vision process, where it does not lie beside this file. */
  workerFile?: string
  /** The compiled thread of the outbox, likewise. */
  threadFile?: string
}

export interface Daemon extends Run {
  /** Resolves with why it should stop: the recording is over, the ignition has been off for long; never by a camera. Rejects with VisionFault when a recording or script cannot be used. */
  readonly ended: Promise<string>
  /** Buzzer and light off, at once; for ways out that leave no time. */
  silence(): void
  /** Stops everything in order. @param isRestart another follows in this program, and systemd need not know */
  stop(isRestart?: boolean): Promise<void>
}
