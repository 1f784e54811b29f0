/** A broker that takes less than we would say: Mosquitto, each time with one line more in its configuration. */
import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { defaultConfig, locksOf } from '../../daemon/config/index.js'
import { NO_LIMITS, narrowed, shownBy } from '../../daemon/fleet/limits.js'
import { packetBytes } from '../../daemon/fleet/packet-size.js'
import { propertiesOf } from '../../daemon/fleet/properties.js'
import { openSession } from '../../daemon/fleet/session.js'
import { rig, until } from './harness.js'
import { startMosquitto } from './mosquitto.js'
import { subscribe } from './subscriber.js'
import { raise } from './vehicle.js'

/** A vehicle that tells its whole configuration (2.9 kB), and five alarms that have all arrived. */
const fiveAlarms = async (...further: string[]) => {
  const broker = await startMosquitto({ further })
  onTestFinished(broker.stop)
  const fleetSide = await subscribe(broker.port)
  onTestFinished(fleetSide.stop)
  const config = defaultConfig()
  const facts = { configSha256: '0'.repeat(64), file: '/etc/kantukd.yaml', locked: locksOf(config), config }
  const bus = rig({ url: broker.url }, { config: facts })
  onTestFinished(bus.fleet.close)
  const events = [1, 2, 3, 4, 5].map((n) => raise(bus, n))
  const arrived = (): string[] =>
    fleetSide.received.filter(({ topic }) => topic.endsWith('/alert')).map(({ payload }) => String(payload.id))
  await until(
    () => bus.fleet.outboxDepth === 0 && events.every(({ id }) => arrived().includes(id)),
    () => `${bus.fleet.outboxDepth} wait; ${bus.said().join('\n')}`,
    8_000,
  )
  return { bus, fleetSide, connects: () => bus.states.filter(({ state }) => state === 'connected').length }
}

const TOO_LARGE = /A message on kantuk\/test\/bus-12\/config has \d+ bytes, and the broker at .* takes \d+: raise its max_packet_size/

describe('a broker', () => {
  it('whose largest packet is smaller than our configuration gets all but that, on one connection', async () => {
    const { bus, fleetSide, connects } = await fiveAlarms('max_packet_size 2000')
    expect(connects()).toBe(1)
    expect(bus.warnings()).toEqual([expect.stringMatching(TOO_LARGE)])
    expect(fleetSide.received.map(({ topic }) => topic)).not.toContain('kantuk/test/bus-12/config')
  })

  it('that refuses a large message in words MQTT 5 does not know is given it once: the alarms are there on the next connection', async () => {
    const { bus, connects } = await fiveAlarms('message_size_limit 2000')
    expect(connects()).toBe(2)
    expect(bus.warnings().filter((line) => TOO_LARGE.test(line))).toHaveLength(1)
    expect(bus.warnings().join('\n')).not.toContain('same vehicle.id')
  })

  it('that retains nothing gets everything without retain, and says so once', async () => {
    const { bus, fleetSide, connects } = await fiveAlarms('retain_available false')
    expect([connects(), new Set(fleetSide.received.map(({ retain }) => retain))]).toEqual([1, new Set([0])])
    expect(bus.warnings()).toEqual([expect.stringContaining('retains nothing')])
    await bus.fleet.close()
    const status = await fleetSide.on('status', 2)
    expect(status.map(({ payload }) => payload.status)).toEqual(['online', 'offline'])
  })

  it('that takes QoS 0 only gets everything so, and says what that costs', async () => {
    const { bus, fleetSide, connects } = await fiveAlarms('max_qos 0')
    expect([connects(), new Set(fleetSide.received.map(({ qos }) => qos))]).toEqual([1, new Set([0])])
    expect(bus.warnings()).toEqual([expect.stringContaining('takes QoS 0 only')])
  })
})

it('what a refused connection shows is learnt once; what the broker says of itself narrows what was known', () => {
  const refused = (code: number) => Object.assign(new Error('refused'), { code })
  const noRetain = { ...NO_LIMITS, retain: false }
  expect([shownBy(refused(154), NO_LIMITS), shownBy(refused(154), noRetain)]).toEqual([noRetain, null])
  expect(shownBy(refused(155), noRetain)).toEqual({ ...noRetain, qos: 0 })
  expect([shownBy(refused(135), NO_LIMITS), shownBy(null, NO_LIMITS)]).toEqual([null, null])
  expect(narrowed({ ...NO_LIMITS, packetBytes: 1_000 }, { maximumPacketSize: 2_000 }).packetBytes).toBe(1_000)
})

it.each([4, 5] as const)('the size of a message is counted to the byte as it is on the line (MQTT %i)', async (version) => {
  let bytes = Buffer.alloc(0)
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(Buffer.from(version === 5 ? [0x20, 3, 0, 0, 0] : [0x20, 2, 0, 0]))
      socket.on('data', (more) => {
        bytes = Buffer.concat([bytes, more])
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  let isUp: () => void = () => undefined
  const up = new Promise<void>((resolve) => {
    isUp = resolve
  })
  const line = openSession(
    `mqtt://127.0.0.1:${port}`,
    { protocolVersion: version, clientId: 'bus-12', reconnectPeriod: 0 },
    { up: () => isUp(), down: () => undefined, message: () => undefined },
  )
  onTestFinished(() => line.drop(new Error('over')))
  await up
  for (const length of [0, 40, 100, 127, 130, 16_300, 20_000]) {
    bytes = Buffer.alloc(0)
    const payload = 'ü'.repeat(length)
    const how = { qos: 1, retain: false, ...(length > 100 ? { expirySeconds: 120 } : {}) } as const
    const properties = propertiesOf('bus-12', { schema: 1 }, how)
    const expected = packetBytes('kantuk/a/b/alert', payload, version === 5 ? properties : null)
    line.publish('kantuk/a/b/alert', payload, how, properties).catch(() => undefined)
    await until(
      () => bytes.length >= expected,
      () => `${bytes.length} of ${expected}`,
    )
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(bytes.length).toBe(expected)
  }
})
