/** A line that is dead for the vehicle and stands for the broker: the new one takes over. */
import { expect, it, onTestFinished } from 'vitest'
import { createGate } from './gate.js'
import { rig } from './harness.js'
import { startMosquitto } from './mosquitto.js'
import { subscribe } from './subscriber.js'
import { raise } from './vehicle.js'

it('a new line takes over from one that the broker still believes in: the vehicle ends as online, and what was under way arrives', async () => {
  const { port, stop } = await startMosquitto()
  onTestFinished(stop)
  const gate = await createGate()
  onTestFinished(gate.shut)
  await gate.open(port)
  const fleetSide = await subscribe(port)
  onTestFinished(fleetSide.stop)
  const bus = rig({ url: gate.url, keepaliveSeconds: 1 })
  onTestFinished(bus.fleet.close)
  await bus.connected()
  await fleetSide.on('status')
  gate.freeze()
  const event = raise(bus)
  expect((await fleetSide.on('alert', 1, 10_000))[0]?.payload.id).toBe(event.id)
  // The broker's good-bye to the old line comes before the new one's greeting.
  const statuses = await fleetSide.on('status', 3)
  expect(statuses.map(({ payload }) => payload.status)).toEqual(['online', 'offline', 'online'])
  const later = await subscribe(port)
  onTestFinished(later.stop)
  expect((await later.on('status'))[0]).toMatchObject({ retain: 1, payload: { status: 'online' } })
}, 20_000)
