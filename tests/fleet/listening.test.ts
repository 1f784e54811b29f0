/** What comes from the fleet, over a real broker. */
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Aedes } from 'aedes'
import { expect, it, onTestFinished } from 'vitest'
import type { Incoming } from '../../daemon/fleet/incoming.js'
import { rig, until } from './harness.js'
import { freePort, startMosquitto } from './mosquitto.js'

const run = promisify(execFile)

const listening = (url: string) => {
  const heard: Incoming[] = []
  const bus = rig({ url }, { onMessage: (incoming) => heard.push(incoming) })
  onTestFinished(() => bus.fleet.close())
  const told = () => heard.map(({ topic, payload, retained }) => [topic.split('/').slice(3).join('/'), payload.toString(), retained])
  return { bus, told }
}

it('commands and settings are heard, on every connection, and nothing else', { timeout: 20_000 }, async () => {
  const broker = await startMosquitto()
  onTestFinished(broker.stop)
  const publish = (topic: string, text: string, ...more: string[]) =>
    run('mosquitto_pub', ['-h', 'localhost', '-p', String(broker.port), '-t', `kantuk/test/${topic}`, '-m', text, '-q', '1', ...more])
  await publish('bus-12/command/ping', 'kept', '-r')
  const { bus, told } = listening(broker.url)
  await bus.connected()
  await until(
    () => told().length === 1,
    () => JSON.stringify(told()),
  )
  await publish('bus-12/config/set', '{}')
  await publish('bus-13/command/ping', 'for another')
  await publish('bus-12/command/a/b', 'deeper')
  await publish('bus-12/command/ping', 'live')
  await until(
    () => told().length >= 3,
    () => JSON.stringify(told()),
  )
  expect(told()).toEqual([
    ['command/ping', 'kept', true],
    ['config/set', '{}', false],
    ['command/ping', 'live', false],
  ])
})

it('by MQTT 5 a message published with retain is known for one at once, and one that is far too large never comes', async () => {
  const broker = await startMosquitto()
  onTestFinished(broker.stop)
  const publish = (text: string, ...more: string[]) =>
    run('mosquitto_pub', [
      '-h',
      'localhost',
      '-p',
      String(broker.port),
      '-t',
      'kantuk/test/bus-12/command/ping',
      '-q',
      '1',
      ...more,
      '-m',
      text,
    ])
  const { bus, told } = listening(broker.url)
  await bus.connected()
  await until(
    () => bus.said().length > 0,
    () => 'not connected',
  )
  await new Promise((resolve) => setTimeout(resolve, 100))
  await publish('with retain', '-r')
  const file = join(mkdtempSync(join(tmpdir(), 'kantukd-large-')), 'large')
  writeFileSync(file, 'x'.repeat(300_000))
  await run('mosquitto_pub', ['-h', 'localhost', '-p', String(broker.port), '-t', 'kantuk/test/bus-12/command/ping', '-q', '1', '-f', file])
  await publish('after it')
  await until(
    () => told().length === 2,
    () => JSON.stringify(told()).slice(0, 500),
  )
  expect(told()).toEqual([
    ['command/ping', 'with retain', true],
    ['command/ping', 'after it', false],
  ])
  expect(bus.states).toHaveLength(1)
})

it('a broker that does not let the vehicle listen is named, and events go all the same', async () => {
  const aedes = await Aedes.createBroker({ authorizeSubscribe: (_, sub, done) => done(null, sub.topic.endsWith('/set') ? null : sub) })
  const server = createServer(aedes.handle)
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { bus } = listening(`mqtt://localhost:${port}`)
  await bus.connected()
  await until(
    () => bus.warnings().length > 0,
    () => bus.said().join('\n'),
  )
  expect(bus.warnings()).toEqual([expect.stringContaining('does not let this vehicle listen to kantuk/test/bus-12/config/set: check')])
  await bus.fleet.close()
  await new Promise<void>((resolve) => aedes.close(resolve))
  server.close()
})
