/** What a vehicle under test does. */
import type { Event } from '../../daemon/fleet/payloads/event.js'
import { decision } from './examples.js'
import type { Rig } from './harness.js'

/** It raises a microsleep now. */
export const raise = ({ fleet, clock }: Rig, incident = 1): Event => {
  const nowMs = clock.monotonicMs()
  return fleet.alert(decision({ incident, atMs: nowMs, startedMs: nowMs - 1000 }), clock.wallMs())
}
