/** Several brokers in turn, each a Mosquitto behind a gate that can be shut. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { createGate } from './gate.js'
import { rig, until } from './harness.js'
import { startMosquitto } from './mosquitto.js'
import { subscribe } from './subscriber.js'
import { raise } from './vehicle.js'

const side = async (isOpen: boolean) => {
  const { port, stop } = await startMosquitto()
  onTestFinished(stop)
  const gate = await createGate()
  onTestFinished(gate.shut)
  const fleetSide = await subscribe(port)
  onTestFinished(fleetSide.stop)
  const open = () => gate.open(port)
  if (isOpen) await open()
  return { url: gate.url, open, shut: gate.shut, fleetSide }
}

const start = async (isFirstOpen: boolean) => {
  const first = await side(isFirstOpen)
  const second = await side(true)
  const bus = rig({ url: first.url, fallbackUrls: [second.url] }, { homeEveryMs: 50 })
  onTestFinished(bus.fleet.close)
  await bus.connected()
  return { first, second, bus }
}

describe('with two brokers', () => {
  it('the first is taken while it is there', async () => {
    const { first, second, bus } = await start(true)
    const event = raise(bus)
    expect((await first.fleetSide.on('alert'))[0]?.payload.id).toBe(event.id)
    expect(second.fleetSide.received).toEqual([])
  })

  it('the second is taken at once while the first is away, which is named', async () => {
    const { first, second, bus } = await start(false)
    const event = raise(bus)
    expect((await second.fleetSide.on('alert'))[0]?.payload.id).toBe(event.id)
    expect(second.fleetSide.received.map(({ topic }) => topic.split('/').at(-1))).toEqual(['birth', 'status', 'alert'])
    expect(bus.warnings()).toEqual([expect.stringContaining(`${first.url} refuses connections`)])
  })

  it('an event into the first as it dies arrives at the second', async () => {
    const { first, second, bus } = await start(true)
    await first.fleetSide.on('status')
    await first.shut()
    const event = raise(bus)
    expect((await second.fleetSide.on('alert'))[0]?.payload.id).toBe(event.id)
    expect((await first.fleetSide.on('status', 2))[1]?.payload).toMatchObject({ status: 'offline', cause: 'lost' })
  })

  it('the first is gone back to when it is there again: in order, and nothing is lost or complained of', async () => {
    const { first, second, bus } = await start(false)
    await second.fleetSide.on('status')
    const before = bus.warnings().length
    const events = [raise(bus, 1)]
    await first.open()
    for (let incident = 2; incident <= 40; incident += 1) events.push(raise(bus, incident))
    await first.fleetSide.on('status')
    await bus.connected()
    events.push(raise(bus, 41))
    await until(
      () => bus.fleet.outboxDepth === 0,
      () => `${bus.fleet.outboxDepth} wait`,
    )
    // The brokers have acknowledged them all; their subscriber may hear the last a moment later.
    const arrived = () => new Set([...first.fleetSide.received, ...second.fleetSide.received].map(({ payload }) => payload.id))
    await until(
      () => events.every(({ id }) => arrived().has(id)),
      () => `${events.filter(({ id }) => !arrived().has(id)).length} have not arrived`,
    )
    expect((await second.fleetSide.on('status', 2))[1]?.payload).toMatchObject({ status: 'offline', cause: 'stopped' })
    expect(bus.states.map(({ state }) => state)).toEqual(['connected', 'moving', 'connected'])
    expect(bus.warnings().slice(before)).toEqual([])
  })

  it('a stop while the first is asked for ends at once', async () => {
    const { bus } = await start(false)
    const startedMs = performance.now()
    await bus.fleet.close()
    expect(performance.now() - startedMs).toBeLessThan(2_500)
  })
})
