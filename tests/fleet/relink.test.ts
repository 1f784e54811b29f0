/** Another broker while the vehicle drives: left in order, and no event is lost or told twice. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { knownOfTheVehicle } from './examples.js'
import { rig } from './harness.js'
import { startMosquitto } from './mosquitto.js'
import { subscribe } from './subscriber.js'
import { raise } from './vehicle.js'

const side = async () => {
  const { port, url, stop } = await startMosquitto()
  onTestFinished(stop)
  const fleetSide = await subscribe(port)
  onTestFinished(fleetSide.stop)
  return { url, fleetSide }
}
const quick = { keepaliveSeconds: 30, connectTimeoutSeconds: 5 }

describe('a line that is begun anew', () => {
  it('leaves the first broker with offline, and takes what came meanwhile to the second', async () => {
    const [first, second] = [await side(), await side()]
    const bus = rig({ url: first.url })
    onTestFinished(bus.fleet.close)
    await bus.connected()
    const before = raise(bus, 1)
    await first.fleetSide.on('alert')
    const relinked = bus.fleet.relink({ ...quick, url: second.url })
    const meanwhile = raise(bus, 2)
    await relinked
    const after = raise(bus, 3)
    expect((await first.fleetSide.on('status', 2))[1]?.payload).toMatchObject({ status: 'offline' })
    expect((await second.fleetSide.on('status'))[0]?.payload).toMatchObject({ status: 'online' })
    await second.fleetSide.on('alert')
    await bus.fleet.close()
    const told = [...first.fleetSide.received, ...second.fleetSide.received].filter(({ topic }) => topic.endsWith('/alert'))
    expect(told.map(({ payload }) => payload.id).sort()).toEqual([before.id, meanwhile.id, after.id].sort())
    expect(bus.warnings()).toEqual([])
  })

  it('to a broker that is not there is tried again, and the events wait', async () => {
    const first = await side()
    const bus = rig({ url: first.url })
    onTestFinished(bus.fleet.close)
    await bus.connected()
    await bus.fleet.relink({ ...quick, url: 'mqtt://localhost:1' })
    const event = raise(bus)
    expect([bus.fleet.isConnected, bus.fleet.outboxDepth]).toEqual([false, 1])
    await bus.fleet.relink({ ...quick, url: first.url })
    expect((await first.fleetSide.on('alert'))[0]?.payload.id).toBe(event.id)
  })

  it('is not begun any more when all is closed meanwhile', async () => {
    const first = await side()
    const bus = rig({ url: first.url })
    await bus.connected()
    const relinked = bus.fleet.relink({ ...quick, url: first.url })
    await bus.fleet.close()
    await relinked
    expect(bus.fleet.isConnected).toBe(false)
  })
})

it('what the vehicle tells of itself is told anew at once, and on every line after', async () => {
  const first = await side()
  const bus = rig({ url: first.url })
  onTestFinished(bus.fleet.close)
  const { vehicle: _, ...birth } = knownOfTheVehicle
  // Not connected yet: it is told with the connection.
  bus.fleet.introduce({ birth: { ...birth, configSha256: 'a'.repeat(64) } })
  await bus.connected()
  bus.fleet.introduce({ birth: { ...birth, configSha256: 'b'.repeat(64) } })
  const told = await first.fleetSide.on('birth', 2)
  expect(told.map(({ payload }) => String(payload.configSha256).charAt(0))).toEqual(['a', 'b'])
})
