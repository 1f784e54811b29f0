/** Says once a minute, in the log, how the watch stands. */
import type { Clock } from '../fleet/clock.js'
import type { Fleet } from '../fleet/index.js'
import { temperatureCelsius } from '../health/machine.js'
import type { Metrics } from '../health/metrics.js'
import { minuteSentence } from '../health/minute.js'
import type { VehicleInputs } from '../inputs/index.js'
import type { Job } from '../jobs/index.js'
import type { Logger } from '../log.js'
import type { Moment } from './moment.js'

export type MinuteParts = {
  metrics: Metrics
  moment: Moment
  inputs: Pick<VehicleInputs, 'context'>
  fleet: Pick<Fleet, 'isConnected' | 'outboxDepth'>
  clock: Clock
  log: Logger
  isWatching(): boolean
}

const EVERY_MINUTE = '* * * * *'

export const createMinute = ({ metrics, moment, inputs, fleet, clock, log, isWatching }: MinuteParts): Job => {
  const startedMs = clock.monotonicMs()
  return {
    name: 'line a minute',
    schedule: EVERY_MINUTE,
    work() {
      const nowMs = clock.monotonicMs()
      log.info(
        minuteSentence({
          ...{ isWatching: isWatching(), fps: metrics.read(nowMs).fps, measures: moment.measures, runningMs: nowMs - startedMs },
          ...{ speedKmh: inputs.context(nowMs)?.speedKmh ?? null, isConnected: fleet.isConnected, waiting: fleet.outboxDepth },
          celsius: temperatureCelsius(),
        }),
      )
    },
  }
}
