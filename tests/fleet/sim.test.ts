/** The simulated fleet, small and short: the same program that sizes a broker. */
import { expect, it } from 'vitest'
import { simulate } from '../../scripts/fleet-sim/simulate.js'

it('30 vehicles that raise events and drop out: no event is lost; births, last wills and retained states are right', async () => {
  const result = await simulate({
    vehicles: 30,
    seconds: 6,
    eventsPerHour: 1200,
    heartbeatSeconds: 2,
    dropOutsPerHour: 600,
    seed: 3,
  })
  expect(result.wrong).toEqual([])
  expect(result.complaints).toEqual([])
  expect([result.lost, result.arrived]).toEqual([0, result.made])
  // It has come to what is claimed.
  expect(result.made).toBeGreaterThan(20)
  expect(result.connects).toBeGreaterThan(40)
  expect(result.traffic.get('health')?.messages).toBeGreaterThan(30)
})
