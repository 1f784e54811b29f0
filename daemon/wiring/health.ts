/** Health on loopback, where the configuration asks for it. A port that is taken is said, and the watch goes on without. */
import type { Evidence } from '../evidence/index.js'
import type { Clock } from '../fleet/clock.js'
import type { Fleet } from '../fleet/index.js'
import type { Conditions } from '../health/conditions.js'
import { memoryMb, temperatureCelsius } from '../health/machine.js'
import type { Metrics } from '../health/metrics.js'
import type { Logger } from '../log.js'
import type { VisionHost } from '../vision/host.js'
import type { Moment } from './moment.js'

export type HealthParts = {
  metrics: Metrics
  conditions: Conditions
  fleet: Fleet
  host: VisionHost
  moment: Moment
  clock: Clock
  evidence: Pick<Evidence, 'state'>
  isAdvancing(): boolean
  isWatching(): boolean
}

/** @param port null: none. @returns how to end it */
export const openHealth = async (port: number | null, parts: HealthParts, log: Logger): Promise<() => Promise<void>> => {
  if (port === null) return async () => undefined
  const { metrics, conditions, fleet, host, moment, clock, evidence, isAdvancing, isWatching } = parts
  const read = () => ({
    ...metrics.read(clock.monotonicMs()),
    coverage: moment.measures?.coverage ?? 0,
    memoryMb: memoryMb(host.pid),
    temperatureCelsius: temperatureCelsius(),
    outboxDepth: fleet.outboxDepth,
    isWatching: isWatching(),
    isAdvancing: isAdvancing(),
    evidence: evidence.state,
    conditions: conditions.list(),
  })
  try {
    // Loaded only where it is asked for: its packages cost memory.
    const { serveHealth } = await import('../health/http.js')
    return (await serveHealth(port, read)).close
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault)
    log.error(`Health is not served on port ${port} (${why}): set health.port to another, or to null. The watch goes on.`)
    return async () => undefined
  }
}
