/** docs/mosquitto-bridge.conf as it stands, its capitals replaced: a vehicle on a local Mosquitto, the fleet's behind TLS and a login. */
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { published } from '../../daemon/fleet/topics.js'
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

it('carries events out and commands in', async () => {
  const tls = await makeCertificates()
  const central = await startMosquitto({ tls, login: LOGIN })
  onTestFinished(central.stop)
  const folder = mkdtempSync(path.join(tmpdir(), 'kantuk-bridge-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const port = await freePort()
  const conf = text
    .replace('listener 1883', `listener ${port}`)
    .replace('/var/lib/mosquitto/', `${folder}/`)
    .replace('BROKER:8883', `localhost:${central.port}`)
    .replace('CA_FILE', tls.caFile)
    .replace('PASSWORD', LOGIN.password)
    .replaceAll('DEPOT', LOGIN.username)
  writeFileSync(path.join(folder, 'mosquitto.conf'), `user root\n${conf}`)
  const local = spawn('/usr/sbin/mosquitto', ['-c', path.join(folder, 'mosquitto.conf')], { stdio: 'ignore' })
  onTestFinished(() => void local.kill('SIGKILL'))

  const login = ['--cafile', tls.caFile, '-u', LOGIN.username, '-P', LOGIN.password]
  const fleetSide = await subscribe(central.port, login)
  onTestFinished(fleetSide.stop)
  const heard: string[] = []
  const bus = rig({ url: `mqtt://127.0.0.1:${port}` }, { onMessage: ({ topic }) => void heard.push(topic) })
  onTestFinished(bus.fleet.close)
  await bus.connected()
  const event = raise(bus)
  expect((await fleetSide.on('alert', 1, 20_000))[0]).toMatchObject({ topic: 'kantuk/test/bus-12/alert', payload: { id: event.id } })
  await fleetSide.on('birth')

  const command = ['-h', 'localhost', '-p', String(central.port), '-q', '1', '-t', 'kantuk/test/bus-12/command/ping', '-m', '{}', ...login]
  await promisify(execFile)('mosquitto_pub', command)
  await until(
    () => heard.length > 0,
    () => 'no command came',
  )
  expect(heard).toEqual(['kantuk/test/bus-12/command/ping'])
})
