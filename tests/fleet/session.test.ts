/** One connection to a broker that behaves as few do: it says why it hangs up, or never answers, or hangs up instead of an answer. */
import { createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { FleetError } from '../../daemon/fleet/errors.js'
import { openSession, type Session } from '../../daemon/fleet/session.js'

// MQTT 5: CONNACK, accepted; DISCONNECT, with a reason and without; the first nibble of a packet is its type.
const CONNACK = Buffer.from([0x20, 3, 0, 0, 0])
/** MQTT 5, 3.2.2.3.3: takes one message at once. */
const CONNACK_ONE = Buffer.from([0x20, 6, 0, 0, 3, 0x21, 0, 1])
const CONNACK_3 = Buffer.from([0x20, 2, 0, 0])
const TAKEN_OVER = Buffer.from([0xe0, 2, 142, 0])
const NO_REASON = Buffer.from([0xe0, 0])
const SUBSCRIBE = 8
const PUBLISH = 3

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

type Down = { error: (Error & { code?: unknown }) | null; wasUp: boolean }
const WITHOUT = { contentType: 'application/json', payloadFormatIndicator: true, userProperties: { vehicle: 'bus-12' } }
const HOW = { qos: 1, retain: false } as const

/** A connection whose broker does as it is told after each packet. */
const connected = async (onPacket: (type: number, socket: Socket) => void, version: 4 | 5 = 5, connack = CONNACK) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      const type = (bytes[0] ?? 0) >> 4
      if (type === 1) socket.write(version === 5 ? connack : CONNACK_3)
      onPacket(type, socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  let isUp: () => void = () => undefined
  let isDown: (down: Down) => void = () => undefined
  const up = new Promise<void>((resolve) => {
    isUp = resolve
  })
  const down = new Promise<Down>((resolve) => {
    isDown = resolve
  })
  const options = { protocolVersion: version, clientId: 'bus-12', reconnectPeriod: 0, keepalive: 30 }
  const session: Session = openSession(`mqtt://127.0.0.1:${port}`, options, {
    up: () => isUp(),
    down: (error, wasUp) => isDown({ error, wasUp }),
    message: () => undefined,
  })
  ends.push(
    () => session.drop(new Error('over')),
    () => server.close(),
  )
  return { session, up, down }
}
const once = (wanted: number, act: (socket: Socket) => void) => (type: number, socket: Socket) => type === wanted && act(socket)

describe('a connection', () => {
  it('takes nothing before it stands', async () => {
    const { session } = await connected(() => undefined)
    await expect(session.publish('t', '{}', HOW, WITHOUT)).rejects.toMatchObject({
      code: 'not-connected',
      message: expect.stringContaining('t was not sent'),
    })
  })

  it.each([
    ['with a reason', TAKEN_OVER, 142],
    ['without one', NO_REASON, 0],
  ])('is told why the broker hangs up: %s', async (_, packet, code) => {
    const { down } = await connected(once(1, (socket) => setTimeout(() => socket.end(packet), 20)))
    expect(await down).toMatchObject({ error: { code }, wasUp: true })
  })

  it('that is closed before an acknowledgement has not published', async () => {
    const { session, up, down } = await connected(once(PUBLISH, (socket) => socket.destroy()))
    await up
    await expect(session.publish('t', '{}', HOW, WITHOUT)).rejects.toMatchObject({ code: 'closed' })
    expect(await down).toMatchObject({ wasUp: true })
  })

  it('that is dropped tells those who wait why', async () => {
    const { session, up } = await connected(() => undefined)
    await up
    const published = session.publish('t', '{}', HOW, WITHOUT)
    session.drop(new FleetError('timeout', 'too late'))
    await expect(published).rejects.toMatchObject({ code: 'timeout', message: 'too late' })
  })

  it.each<[string, Buffer]>([
    ['without a word', Buffer.alloc(0)],
    ['with a reason', TAKEN_OVER],
  ])('whose broker takes one message at once, and hangs up %s, tells that one and those that had not had their turn', async (_, word) => {
    const { session, up, down } = await connected(
      once(PUBLISH, (socket) => socket.end(word)),
      5,
      CONNACK_ONE,
    )
    await up
    const published = await Promise.allSettled(['a', 'b', 'c'].map((topic) => session.publish(topic, '{}', HOW, WITHOUT)))
    expect(published.map((each) => (each.status === 'rejected' ? each.reason.code : each.status))).toEqual(['closed', 'closed', 'closed'])
    expect(await down).toMatchObject({ wasUp: true })
  })

  it.each([4, 5] as const)('whose broker hangs up instead of answering a subscription says so (MQTT %i)', async (version) => {
    const { session, up } = await connected(
      once(SUBSCRIBE, (socket) => socket.destroy()),
      version,
    )
    await up
    await expect(session.subscribe(['a/b'])).rejects.toBeInstanceOf(Error)
  })
})
