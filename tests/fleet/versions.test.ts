/** MQTT 5 where the broker has it, 3.1.1 otherwise: against Mosquitto, as it is and behind a door that knows 3.1.1 only. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { measured } from './examples.js'
import { type Rig, rig } from './harness.js'
import { startMosquitto } from './mosquitto.js'
import { startOldBroker } from './old-broker.js'
import { subscribe } from './subscriber.js'
import { raise } from './vehicle.js'

const broker = async () => {
  const started = await startMosquitto()
  onTestFinished(started.stop)
  const fleetSide = await subscribe(started.port)
  onTestFinished(fleetSide.stop)
  return { ...started, fleetSide }
}
const vehicle = (url: string): Rig => {
  const started = rig({ url })
  onTestFinished(started.fleet.close)
  return started
}

describe('by MQTT 5', () => {
  it('each message says that it is JSON, from which vehicle and in which schema; a heartbeat says how long it is worth keeping', async () => {
    const { url, fleetSide } = await broker()
    const bus = vehicle(url)
    await bus.connected()
    raise(bus)
    bus.fleet.health(measured)
    await fleetSide.on('health')
    await fleetSide.on('alert')
    const said = Object.fromEntries(
      fleetSide.received.map(({ topic, contentType, expirySeconds, userProperties }) => [
        topic.split('/').at(-1),
        [contentType, expirySeconds, userProperties],
      ]),
    )
    const plain = ['application/json', '', 'vehicle:bus-12 schema:1']
    expect(said).toEqual({ birth: plain, status: plain, alert: plain, health: ['application/json', '120', 'vehicle:bus-12 schema:1'] })
  })
})

describe.each(['says so', 'hangs up'] as const)('a broker that knows MQTT 3.1.1 only, and %s', (how) => {
  const start = async () => {
    const { port, fleetSide } = await broker()
    const old = await startOldBroker(port, how)
    onTestFinished(old.close)
    return { old, fleetSide }
  }

  it('is spoken to in 3.1.1 at once, without a warning; all arrives', async () => {
    const { old, fleetSide } = await start()
    const bus = vehicle(old.url)
    await bus.connected()
    const event = raise(bus)
    const [alert] = await fleetSide.on('alert')
    expect(alert).toMatchObject({ payload: { id: event.id }, qos: 1, contentType: '', userProperties: '' })
    expect(fleetSide.received.map(({ topic }) => topic.split('/').at(-1))).toEqual(['birth', 'status', 'alert'])
    expect([bus.states.at(-1), bus.warnings()]).toEqual([{ state: 'connected', version: 4 }, []])
  })

  it('is asked for MQTT 5 once only: what it takes is remembered', async () => {
    const { old, fleetSide } = await start()
    const bus = vehicle(old.url)
    await bus.connected()
    await fleetSide.on('status')
    old.cut()
    // The last will, and the greeting on the next line.
    await fleetSide.on('status', 3)
    expect(old.asked).toEqual([5, 4, 4])
  })
})
