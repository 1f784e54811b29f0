/** A message that the broker refuses is kept by itself: no alarm waits for it. Mosquitto's access list is the refusal. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { buildTrip } from '../../daemon/fleet/payloads/summary.js'
import { rig, until } from './harness.js'
import { startMosquitto } from './mosquitto.js'
import { subscribe } from './subscriber.js'
import { facts } from './summary-facts.js'
import { raise } from './vehicle.js'

it('twelve alarms beside a summary that the access list forbids: each is there within half a second', async () => {
  const mayWrite = ['alert', 'status', 'birth', 'health', 'config'].map((topic) => `topic write kantuk/test/bus-12/${topic}`)
  const broker = await startMosquitto({ acl: ['topic read #', ...mayWrite] })
  onTestFinished(broker.stop)
  const fleetSide = await subscribe(broker.port)
  onTestFinished(fleetSide.stop)
  const bus = rig({ url: broker.url })
  onTestFinished(bus.fleet.close)
  await bus.connected()
  bus.fleet.summary({ kind: 'trip', payload: buildTrip(facts(), false) })
  await until(
    () => bus.warnings().length > 0,
    () => bus.said().join('\n'),
  )
  const slowest = { ms: 0 }
  for (let n = 1; n <= 12; n += 1) {
    const before = performance.now()
    const { id } = raise(bus, n)
    expect((await fleetSide.on('alert', n)).at(-1)?.payload.id).toBe(id)
    slowest.ms = Math.max(slowest.ms, performance.now() - before)
    await sleep(20)
  }
  expect(slowest.ms).toBeLessThan(500)
  expect(bus.fleet.outboxDepth).toBe(1)
  expect(bus.warnings()).toEqual([
    expect.stringMatching(/does not let this vehicle publish \(kantuk\/test\/bus-12\/trip\).* kept and sent again/),
  ])
})
