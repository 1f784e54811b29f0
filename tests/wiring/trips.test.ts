import { expect, it } from 'vitest'
import { defaultConfig } from '../../daemon/config/schema.js'
import { createTrips } from '../../daemon/wiring/trips.js'

/** An ignition that goes off at second 10, with power held for 30 s; `calmFrom` is the second from which the driver is calm. @returns the second at which the daemon ends, within ten minutes */
const endsAt = (calmFrom: number, ignitionAt: (second: number) => boolean = (second) => second < 10): number | null => {
  let second = 0
  let endedAt: number | null = null
  const trips = createTrips({
    config: () => ({ ...defaultConfig().ignition, kind: 'mqtt', powerHoldSeconds: 30 }),
    inputs: { ignition: () => ignitionAt(second) },
    log: { info: () => undefined },
    end: { finish: () => (endedAt ??= second) },
    isCalm: () => second >= calmFrom,
    onTrip: () => undefined,
  })
  for (; second < 600; second++) trips.step(second * 1000)
  return endedAt
}

it('a daemon whose ignition is off ends when the power has been held for its time', () => expect(endsAt(0)).toBe(40))
it('waits where a warning stands or the eyes are closed, until the driver is calm', () => expect(endsAt(55)).toBe(55))
it('ends after five minutes though the driver sleeps on: the vehicle is parked', () => expect(endsAt(600)).toBe(340))
it('does not end where the ignition came back while it waited', () => expect(endsAt(60, (second) => second < 10 || second > 50)).toBeNull())
