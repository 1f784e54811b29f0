/** The whole room against Debian's Mosquitto: what a fleet sees, in good times and bad. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { payloads } from '../../daemon/fleet/payloads/index.js'
import { decision, knownOfTheVehicle, measured, ROOT } from './examples.js'
import { createGate } from './gate.js'
import { type Rig, rig, until } from './harness.js'
import { freePort, type Mosquitto, type Options, startMosquitto } from './mosquitto.js'
import { type Subscriber, subscribe } from './subscriber.js'
import { raise } from './vehicle.js'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const broker = async (options: Options = {}): Promise<Mosquitto> => {
  const started = await startMosquitto(options)
  cleanups.push(started.stop)
  return started
}
const watch = async (port: number): Promise<Subscriber> => {
  const subscriber = await subscribe(port)
  cleanups.push(subscriber.stop)
  return subscriber
}
const vehicle = (...parameters: Parameters<typeof rig>): Rig => {
  const started = rig(...parameters)
  cleanups.push(started.fleet.close)
  return started
}

const door = async () => {
  const gate = await createGate()
  cleanups.push(gate.shut)
  return gate
}

/** A vehicle in a process of its own, once its first alert is acknowledged. */
const vehicleProcess = async (url: string) => {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'tests/fleet/fixtures/vehicle.ts'), url], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  cleanups.push(async () => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}

describe('with Mosquitto', () => {
  it('birth and status are retained: who subscribes later sees them', async () => {
    const { port, url } = await broker()
    const bus = vehicle({ url })
    await bus.connected()
    expect(bus.states).toEqual([{ state: 'connected', version: 5 }])
    const first = await watch(port)
    const [birth] = await first.on('birth')
    const [status] = await first.on('status')
    expect(birth).toMatchObject({
      topic: 'kantuk/test/bus-12/birth',
      retain: 1,
      qos: 1,
      payload: { vehicle: 'bus-12', policy: knownOfTheVehicle.policy },
    })
    expect(status).toMatchObject({ topic: 'kantuk/test/bus-12/status', retain: 1, qos: 1, payload: { status: 'online' } })
  })

  it('birth comes before status, status before the first alert', async () => {
    const { port, url } = await broker()
    const fleetSide = await watch(port)
    raise(vehicle({ url }))
    await fleetSide.on('alert')
    expect(fleetSide.received.map(({ topic }) => topic.split('/').at(-1))).toEqual(['birth', 'status', 'alert'])
  })

  it('an alert arrives once, by QoS 1, as the event that `alert` returned, and leaves the outbox', async () => {
    const { port, url } = await broker()
    const fleetSide = await watch(port)
    const bus = vehicle({ url })
    await bus.connected()
    const event = raise(bus)
    const [alert] = await fleetSide.on('alert')
    expect(alert).toMatchObject({ qos: 1, retain: 0 })
    expect(alert?.payload).toEqual(event)
    expect(payloads.alert.safeParse(alert?.payload).success).toBe(true)
    await until(
      () => bus.fleet.outboxDepth === 0,
      () => `${bus.fleet.outboxDepth} wait`,
    )
  })

  it('a heartbeat arrives by QoS 0 and is not retained', async () => {
    const { port, url } = await broker()
    const fleetSide = await watch(port)
    const bus = vehicle({ url })
    await bus.connected()
    bus.fleet.health(measured)
    const [heartbeat] = await fleetSide.on('health')
    expect(heartbeat).toMatchObject({ qos: 0, retain: 0, payload: { fps: 15, outboxDepth: 0, vision: 'running' } })
    expect(payloads.health.safeParse(heartbeat?.payload).success).toBe(true)
  })

  it('a heartbeat without a connection is let go: nobody wants yesterday’s', async () => {
    const port = await freePort()
    const bus = vehicle({ url: `mqtt://localhost:${port}` })
    bus.fleet.health(measured)
    await broker({ port })
    const fleetSide = await watch(port)
    await bus.connected()
    bus.fleet.health({ ...measured, fps: 7 })
    expect((await fleetSide.on('health')).map(({ payload }) => payload.fps)).toEqual([7])
  })

  it('kill -9 leaves `offline` behind, by the last will', async () => {
    const { port, url } = await broker()
    const fleetSide = await watch(port)
    const child = await vehicleProcess(url)
    const [alert] = await fleetSide.on('alert')
    expect(alert?.payload).toMatchObject({ rule: 'microsleep', simulated: true })
    child.kill('SIGKILL')
    const statuses = await fleetSide.on('status', 2)
    expect(statuses.map(({ payload }) => payload)).toEqual([
      expect.objectContaining({ status: 'online', simulated: true }),
      { schema: 1, status: 'offline', cause: 'lost', simulated: true },
    ])
    const later = await watch(port)
    expect((await later.on('status'))[0]).toMatchObject({ retain: 1, payload: { status: 'offline' } })
  }, 20_000)

  it('a clean stop says `offline` itself, and the last will stays unsaid', async () => {
    const { port, url } = await broker()
    const fleetSide = await watch(port)
    const bus = rig({ url })
    await bus.connected()
    await bus.fleet.close()
    const later = await watch(port)
    expect((await later.on('status'))[0]?.payload).toMatchObject({ status: 'offline', cause: 'stopped' })
    expect(fleetSide.received.filter(({ payload }) => payload.cause === 'lost')).toEqual([])
  })

  it('a stop ends within 3 s and leaves nothing running, though the line went dead', async () => {
    const gate = await door()
    const { port } = await broker()
    await gate.open(port)
    const child = await vehicleProcess(gate.url)
    gate.freeze()
    const stoppedAtMs = performance.now()
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    expect(performance.now() - stoppedAtMs).toBeLessThan(4_000)
  }, 20_000)

  it('a stop sends what was decided just before it', async () => {
    const { port, url } = await broker()
    const fleetSide = await watch(port)
    const bus = rig({ url })
    await bus.connected()
    for (let incident = 1; incident <= 20; incident += 1) raise(bus, incident)
    await bus.fleet.close()
    expect((await fleetSide.on('alert', 20)).map(({ payload }) => payload.seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
    expect(bus.fleet.outboxDepth).toBe(0)
  })

  it('a broker that is not there yet is named once; what was decided meanwhile arrives in order when it appears', async () => {
    const gate = await door()
    const bus = vehicle({ url: gate.url })
    const events = [raise(bus, 1), raise(bus, 2), raise(bus, 3)]
    await until(
      () => bus.states.length >= 4,
      () => JSON.stringify(bus.states),
    )
    expect(bus.warnings()).toEqual([expect.stringContaining(`${gate.url} refuses connections: is it running`)])
    const { port } = await broker()
    const fleetSide = await watch(port)
    await gate.open(port)
    expect((await fleetSide.on('alert', 3)).map(({ payload }) => payload.id)).toEqual(events.map(({ id }) => id))
    expect(bus.warnings()).toHaveLength(1)
  })

  it('after a restart of the broker birth and status come again, and no event is lost or out of order', async () => {
    const gate = await door()
    const first = await startMosquitto()
    await gate.open(first.port)
    const bus = vehicle({ url: gate.url })
    await bus.connected()
    await gate.shut()
    await first.stop()
    const events = [raise(bus, 1), raise(bus, 2)]
    await until(
      () => bus.warnings().length > 0,
      () => bus.said().join('\n'),
    )
    const { port } = await broker()
    const fleetSide = await watch(port)
    await gate.open(port)
    expect((await fleetSide.on('alert', 2)).map(({ payload }) => payload.id)).toEqual(events.map(({ id }) => id))
    expect(fleetSide.received.map(({ topic }) => topic.split('/').at(-1))).toEqual(['birth', 'status', 'alert', 'alert'])
    expect(bus.states.filter(({ state }) => state === 'connected')).toHaveLength(2)
  })

  it('an event sent into a line that is dead already is sent again on the next one', async () => {
    const gate = await door()
    const { port } = await broker()
    const fleetSide = await watch(port)
    await gate.open(port)
    const bus = vehicle({ url: gate.url })
    await bus.connected()
    await fleetSide.on('status')
    gate.freeze()
    const event = raise(bus)
    await sleep(100)
    expect(bus.fleet.outboxDepth).toBe(1)
    await gate.shut()
    await gate.open(port)
    expect((await fleetSide.on('alert'))[0]?.payload.id).toBe(event.id)
    await until(
      () => bus.fleet.outboxDepth === 0,
      () => `${bus.fleet.outboxDepth} wait`,
    )
  })

  it('a line that goes dead without a word is found out by the keepalive', async () => {
    const gate = await door()
    const { port } = await broker()
    await gate.open(port)
    const bus = vehicle({ url: gate.url, keepaliveSeconds: 1 })
    await bus.connected()
    gate.freeze()
    await until(
      () => bus.warnings().length > 0,
      () => bus.said().join('\n'),
    )
    expect(bus.warnings()[0]).toMatch(/does not answer/)
    await bus.connected()
  }, 10_000)

  it('alert returns at once and never throws, with a broker that accepts the connection and says nothing', async () => {
    // It reads, so that it notices who goes, and never answers.
    const silent = createServer((socket) => void socket.resume()).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    cleanups.push(() => new Promise((resolve) => silent.close(resolve)))
    const address = silent.address()
    const bus = vehicle({ url: `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, connectTimeoutSeconds: 0.3 })
    const tookMs = Array.from({ length: 200 }, (_, n) => {
      const before = performance.now()
      raise(bus, n + 1)
      return performance.now() - before
    }).sort((a, b) => a - b)
    // The median, since a busy machine takes the processor away from any one of them.
    expect(tookMs[100]).toBeLessThan(2)
    await until(
      () => bus.warnings().length > 0,
      () => 'silence is not named',
    )
    expect(bus.warnings()[0]).toMatch(/does not answer/)
    expect(bus.fleet.outboxDepth).toBe(200)
  })

  it('what is sent 10 s after it happened says so', async () => {
    const { port, url } = await broker()
    const fleetSide = await watch(port)
    const bus = vehicle({ url })
    const nowMs = bus.clock.monotonicMs()
    for (const ageMs of [9_000, 11_000])
      bus.fleet.alert(decision({ atMs: nowMs - ageMs, startedMs: nowMs - ageMs - 1000 }), bus.clock.wallMs() - ageMs)
    expect((await fleetSide.on('alert', 2)).map(({ payload }) => payload.historical)).toEqual([false, true])
  })

  it('two vehicles under one name are told so', async () => {
    const { url } = await broker()
    const twins = [vehicle({ url }), vehicle({ url })]
    const warnings = () => twins.flatMap((twin) => twin.warnings())
    await until(
      () => warnings().some((warning) => /does another vehicle have the same vehicle.id or fleet.clientId/.test(warning)),
      () => warnings().join('\n'),
    )
    expect(warnings().length).toBeLessThanOrEqual(4)
  })

  it('a broker that lets nothing be published keeps the events waiting, and the access list is named', async () => {
    const { url } = await broker({ acl: ['topic readwrite kantuk/test/bus-12/status', 'topic readwrite kantuk/test/bus-12/birth'] })
    const bus = vehicle({ url })
    raise(bus)
    await until(
      () => bus.warnings().length > 0,
      () => bus.said().join('\n'),
    )
    expect(bus.warnings()).toEqual([
      expect.stringContaining('does not let this vehicle publish (kantuk/test/bus-12/alert): check its access list'),
    ])
    expect(bus.fleet.outboxDepth).toBe(1)
  })
})
