/** Trips by the ignition, and the end of the daemon when the power has been held for its time. */
import type { Config } from '../config/schema.js'
import type { VehicleInputs } from '../inputs/index.js'
import { createTrip, type TripNews } from '../inputs/trip.js'
import type { Logger } from '../log.js'
import type { End } from './end.js'

export interface Trips {
  /** Once an observation, after the outputs. */
  step(nowMs: number): void
  /** The daemon stops: a trip that runs ends with it. */
  close(nowMs: number): void
}

export type TripsParts = {
  /** Asked at each step. */
  config(): Config['ignition']
  inputs: Pick<VehicleInputs, 'ignition'>
  log: Pick<Logger, 'info'>
  end: Pick<End, 'finish'>
  /** No warning stands and no closure runs. */
  isCalm(): boolean
  /** Told when a trip begins and when it ends. */
  onTrip(news: TripNews): void
}

// Own: an ignition that is told off while the driver sleeps may be a fault, or somebody's doing; one who has slept on for five minutes is parked, and the battery counts.
const NOT_CALM_MS = 300_000

/** A daemon that is to stop waits for calm, for five minutes at most. */
export function createTrips({ config, inputs, log, end, isCalm, onTrip }: TripsParts): Trips {
  let overSinceMs: number | null = null
  const trip = createTrip(() => {
    const { kind, powerHoldSeconds } = config()
    return kind === 'none' || powerHoldSeconds === null ? null : powerHoldSeconds * 1000
  })
  const tell = (news: TripNews | null) => {
    if (news === null) return
    log.info(news.phase === 'began' ? 'A trip begins.' : 'A trip ends.')
    onTrip(news)
  }
  return {
    step(nowMs) {
      const { news, holdIsOver } = trip.step(inputs.ignition(nowMs), nowMs)
      tell(news)
      overSinceMs = holdIsOver ? (overSinceMs ?? nowMs) : null
      if (overSinceMs !== null && (isCalm() || nowMs - overSinceMs >= NOT_CALM_MS))
        end.finish(`the ignition, which has been off for ${config().powerHoldSeconds} s`)
    },
    close: (nowMs) => tell(trip.end(nowMs)),
  }
}
