/** What the fleet's commands work on. */
import type { Alarm } from '../../alarm/index.js'
import type { Evidence } from '../../evidence/index.js'
import type { Clock } from '../../fleet/clock.js'
import type { Fleet } from '../../fleet/index.js'
import type { Verdicts } from '../../fleet/verdicts/index.js'
import type { VehicleInputs } from '../../inputs/index.js'
import type { Logger } from '../../log.js'
import type { VisionHost } from '../../vision/host.js'
import type { Moment } from '../moment.js'

export type CommandParts = {
  alarm: Pick<Alarm, 'test' | 'fault'>
  /** Where the alarm goes at this moment, for the event of a test. */
  output(): string
  /** The level that the configuration in force names. */
  configuredLevel(): string
  fleet: Pick<Fleet, 'alert' | 'sendAgain' | 'outboxDepth'>
  vision: Pick<VisionHost, 'restart'>
  verdicts: Verdicts
  evidence: Pick<Evidence, 'snapshot'>
  moment: Moment
  inputs: Pick<VehicleInputs, 'context'>
  clock: Clock
  log: Logger
}
