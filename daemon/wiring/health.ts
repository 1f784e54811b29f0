/** Health on loopback, where the configuration asks for it. At the start, a port that is taken is said, and the watch goes on without. */
import type { Evidence } from '../evidence/index.js'
import type { Clock } from '../fleet/clock.js'
import type { Fleet } from '../fleet/index.js'
import type { Conditions } from '../health/conditions.js'
import { memoryMb, temperatureCelsius } from '../health/machine.js'
import type { Metrics } from '../health/metrics.js'
import type { Logger } from '../log.js'
import { reasonOf } from '../reason-of.js'
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

export interface Health {
  /** Another port, null: none. Rejects where it cannot be had; the old one is then still served. */
  take(port: number | null): Promise<void>
  close(): Promise<void>
}

const none = async (): Promise<void> => undefined

/** @param port null: none */
export const openHealth = async (port: number | null, parts: HealthParts, log: Logger): Promise<Health> => {
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
  const open = async (wanted: number | null): Promise<() => Promise<void>> => {
    if (wanted === null) return none
    try {
      // Loaded only where it is asked for: its packages cost memory.
      const { serveHealth } = await import('../health/http.js')
      return (await serveHealth(wanted, read)).close
    } catch (fault) {
      const why = reasonOf(fault)
      throw new Error(`Health is not served on port ${wanted} (${why}): set health.port to another, or to null.`, { cause: fault })
    }
  }
  let end = await open(port).catch((fault: Error) => {
    log.error(`${fault.message} The watch goes on.`)
    return none
  })
  let closed = false
  return {
    async take(wanted) {
      const next = await open(wanted)
      const old = closed ? next : end
      if (!closed) end = next
      await old()
    },
    close() {
      closed = true
      return end()
    },
  }
}
