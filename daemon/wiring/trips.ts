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

/** @param config asked at each step. @param onTrip told when a trip begins and when it ends */
export function createTrips(
  config: () => Config['ignition'],
  inputs: VehicleInputs,
  log: Logger,
  end: End,
  onTrip: (news: TripNews) => void,
): Trips {
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
      if (holdIsOver) end.finish(`the ignition, which has been off for ${config().powerHoldSeconds} s`)
    },
    close: (nowMs) => tell(trip.end(nowMs)),
  }
}
