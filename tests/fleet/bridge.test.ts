/** docs/mosquitto-bridge.conf as it stands, its capitals replaced: a vehicle on a local Mosquitto, the fleet's behind TLS and a login. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { published } from '../../daemon/fleet/topics.js'
import { openRoad } from '../../scripts/lab/road.js'
import { makeCertificates } from './certificates.js'
import { ROOT } from './examples.js'
import { rig, until } from './harness.js'
import { freePort, startMosquitto } from './mosquitto.js'
import { subscribe } from './subscriber.js'
import { raise } from './vehicle.js'

const text = readFileSync(path.join(ROOT, 'docs/mosquitto-bridge.conf'), 'utf8')
const LOGIN = { username: 'depot-7', password: 'gate-4' }

it('hands on every topic that a vehicle publishes', () => {
  for (const topic of published) expect(text).toMatch(new RegExp(`^topic kantuk/\\+/\\+/${topic} out [01]$`, 'm'))
})

it('has these in capitals, to be replaced, and no other', () => {
  const settings = text.replaceAll(/^#.*$/gm, '')
  expect(new Set(settings.match(/\b[A-Z][A-Z_]{3,}\b/g))).toEqual(new Set(['BROKER', 'CA_FILE', 'PASSWORD', 'DEPOT']))
})

/** A vehicle on the local Mosquitto, its bridge over a road that can be closed, and the fleet's broker beyond. */
const bridged = async (version: 'mqttv50' | 'mqttv311' = 'mqttv50') => {
  const tls = await makeCertificates()
  const central = await startMosquitto({ tls, login: LOGIN })
  onTestFinished(central.stop)
  const road = await openRoad(central.port)
  onTestFinished(road.close)
  const folder = mkdtempSync(path.join(tmpdir(), 'kantuk-bridge-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const stored = path.join(folder, 'mosquitto.db')
  const port = await freePort()
  const conf = text
    .replace('listener 1883', `listener ${port}`)
    .replace('/var/lib/mosquitto/', `${folder}/`)
    .replace('BROKER:8883', `localhost:${road.port}`)
    .replace('CA_FILE', tls.caFile)
    .replace('PASSWORD', LOGIN.password)
    .replaceAll('DEPOT', LOGIN.username)
    .replace('mqttv50', version)
  writeFileSync(path.join(folder, 'mosquitto.conf'), `user root\n${conf}`)
  const start = () => spawn('/usr/sbin/mosquitto', ['-c', path.join(folder, 'mosquitto.conf')], { stdio: 'ignore' })
  let local = start()
  onTestFinished(() => void local.kill('SIGKILL'))
  /** The depot's broker is killed, and comes back. */
  const killLocal = async () => {
    local.kill('SIGKILL')
    await once(local, 'exit')
    local = start()
  }

  const login = ['--cafile', tls.caFile, '-u', LOGIN.username, '-P', LOGIN.password]
  const fleetSide = await subscribe(central.port, login)
  onTestFinished(fleetSide.stop)
  const heard: string[] = []
  const bus = rig({ url: `mqtt://127.0.0.1:${port}` }, { onMessage: ({ payload }) => void heard.push(payload.toString()) })
  onTestFinished(bus.fleet.close)
  await bus.connected()
  const command = (words: string) => {
    const topic = ['-t', 'kantuk/test/bus-12/command/ping', '-m', words]
    return promisify(execFile)('mosquitto_pub', ['-h', 'localhost', '-p', String(central.port), '-q', '1', ...topic, ...login])
  }
  /** An event that the local broker has and the fleet's has not: the line between them is away from then on. */
  const raiseWhileAway = async () => {
    road.allow(false)
    road.cut()
    const event = raise(bus)
    await until(
      () => bus.fleet.outboxDepth === 0,
      () => 'the local broker does not take it',
    )
    return event
  }
  /** The local broker acknowledges first, and writes its file then: within 20 ms here, but not before. */
  const onLocalDisk = (words: string) =>
    until(
      () => existsSync(stored) && readFileSync(stored).includes(words),
      () => `the local broker does not write ${words} to its disk`,
    )
  return { road, fleetSide, bus, heard, command, killLocal, raiseWhileAway, onLocalDisk }
}

it('carries events out and commands in', async () => {
  const { fleetSide, bus, heard, command } = await bridged()
  const event = raise(bus)
  expect((await fleetSide.on('alert', 1, 20_000))[0]).toMatchObject({ topic: 'kantuk/test/bus-12/alert', payload: { id: event.id } })
  await fleetSide.on('birth')
  await command('{}')
  await until(
    () => heard.length > 0,
    () => 'no command came',
  )
  expect(heard).toEqual(['{}'])
})

it.each(['mqttv50', 'mqttv311'] as const)(
  'keeps events while the line is away, and no command, by %s: what was asked hours ago must not be done now',
  async (version) => {
    const { road, fleetSide, heard, command, raiseWhileAway } = await bridged(version)
    await fleetSide.on('birth')
    await command('{"before":1}')
    await until(
      () => heard.length > 0,
      () => 'no command came',
    )
    const event = await raiseWhileAway()
    await command('{"meanwhile":1}')
    road.allow(true)
    expect((await fleetSide.on('alert', 1, 30_000))[0]).toMatchObject({ payload: { id: event.id } })
    await command('{"after":1}')
    await until(
      () => heard.includes('{"after":1}'),
      () => heard.join(' '),
    )
    expect(heard).toEqual(['{"before":1}', '{"after":1}'])
  },
  60_000,
)

it('keeps events over a kill of the local broker while the line is away', async () => {
  const { road, fleetSide, killLocal, raiseWhileAway, onLocalDisk } = await bridged()
  await fleetSide.on('birth')
  const event = await raiseWhileAway()
  await onLocalDisk(event.id)
  await killLocal()
  road.allow(true)
  expect((await fleetSide.on('alert', 1, 30_000))[0]).toMatchObject({ payload: { id: event.id } })
}, 60_000)
