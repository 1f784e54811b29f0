/** What the heartbeat tells of this moment. */
import type { Evidence } from '../evidence/index.js'
import type { Clock } from '../fleet/clock.js'
import type { Fleet } from '../fleet/index.js'
import type { Conditions } from '../health/conditions.js'
import { drowsinessOf } from '../health/drowsiness.js'
import { memoryMb, temperatureCelsius } from '../health/machine.js'
import type { Metrics } from '../health/metrics.js'
import type { VehicleInputs } from '../inputs/index.js'
import type { Job } from '../jobs/index.js'
import type { VisionHost } from '../vision/host.js'
import type { Moment } from './moment.js'
import type { VisionStates } from './vision-states.js'

export type HeartbeatParts = {
  fleet: Fleet
  metrics: Metrics
  conditions: Conditions
  inputs: VehicleInputs
  states: VisionStates
  host: VisionHost
  moment: Moment
  clock: Clock
  evidence: Pick<Evidence, 'state'>
}

/** @returns the job that sends one at each time of a schedule */
export const createHeartbeat = ({
  fleet,
  metrics,
  conditions,
  inputs,
  states,
  host,
  moment,
  clock,
  evidence,
}: HeartbeatParts): ((schedule: string) => Job) => {
  const work = () => {
    const celsius = temperatureCelsius()
    fleet.health({
      ...metrics.read(clock.monotonicMs()),
      coverage: moment.measures?.coverage ?? 0,
      ...(moment.measures === null ? {} : { drowsiness: drowsinessOf(moment.measures) }),
      ...(celsius === null ? {} : { temperatureCelsius: celsius }),
      memoryMb: memoryMb(host.pid),
      vision: states.current.name === 'ended' ? 'stopped' : states.current.name,
      inputs: inputs.known(clock.monotonicMs()),
      ...(evidence.state === 'off' ? {} : { evidence: evidence.state }),
      ...(conditions.list().length === 0 ? {} : { conditions: conditions.list() }),
      uptimeSeconds: Math.round(process.uptime()),
    })
  }
  return (schedule) => ({ name: 'heartbeat', schedule, work })
}
