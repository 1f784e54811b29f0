/** Speed and ignition by MQTT, over a real broker, told by a program that is not ours. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import { Aedes } from 'aedes'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { LinkConfig } from '../../daemon/fleet/index.js'
import { createMqttDriver } from '../../daemon/inputs/driver-mqtt.js'
import { createMqttIgnition } from '../../daemon/inputs/ignition-mqtt.js'
import { createMqttPosition } from '../../daemon/inputs/position-mqtt.js'
import { createMqttSpeed } from '../../daemon/inputs/speed-mqtt.js'
import { monotonicMs } from '../../daemon/monotonic.js'
import { createGate } from '../fleet/gate.js'
import { keepLog, until } from '../fleet/harness.js'
import { freePort, type Mosquitto, startMosquitto } from '../fleet/mosquitto.js'
import { describeInput } from './contract.js'

const run = promisify(execFile)
const publish = (port: number, topic: string, text: string, ...more: string[]) =>
  run('mosquitto_pub', ['-h', 'localhost', '-p', String(port), '-t', topic, '-m', text, ...more])

let broker: Mosquitto
beforeAll(async () => {
  broker = await startMosquitto()
})
afterAll(() => broker.stop())

let topics = 0
const brokerAt = (url: string): LinkConfig => ({ url, keepaliveSeconds: 30, connectTimeoutSeconds: 5 })

const rig = () => {
  const { log, lines } = keepLog()
  const topic = `vehicle/${++topics}`
  const said = () => lines.filter(({ level }) => level !== 'debug').map(({ message }) => message)
  const listening = () =>
    until(
      () => said().some((line) => line.startsWith('Listening')),
      () => said().join('\n'),
    )
  return { topic, log, said, listening, given: { log, now: monotonicMs } }
}

const speedOn = (url: string, staleSeconds = 3) => {
  const { topic, given, ...rest } = rig()
  const input = createMqttSpeed({ topic, staleSeconds }, brokerAt(url), `speed-${topic.replace('/', '-')}`, given)
  onTestFinished(() => input.close())
  return { input, topic, ...rest }
}

describeInput('the speed by MQTT', async () => {
  const { input, topic, listening } = speedOn(broker.url)
  await listening()
  return {
    input,
    now: monotonicMs,
    tell: async () => {
      await publish(broker.port, topic, '{"speedKmh":63}')
      return 63
    },
  }
})

describeInput('the ignition by MQTT', async () => {
  const { topic, given, listening } = rig()
  const input = createMqttIgnition(topic, brokerAt(broker.url), `ignition-${topic.replace('/', '-')}`, given)
  await listening()
  return {
    input,
    now: monotonicMs,
    tell: async () => {
      await publish(broker.port, topic, 'off')
      return false
    },
  }
})

describeInput('the position by MQTT', async () => {
  const { topic, given, listening } = rig()
  const input = createMqttPosition({ topic, staleSeconds: 10 }, brokerAt(broker.url), `position-${topic.replace('/', '-')}`, given)
  await listening()
  let told: object | null = null
  return {
    // The same object for what was told once: the contract compares by identity.
    input: { read: (nowMs) => (input.read(nowMs) === null ? null : told), close: input.close },
    now: monotonicMs,
    tell: async () => {
      await publish(broker.port, topic, '{"latitude":48.1,"longitude":11.5}')
      told = { latitude: 48.1, longitude: 11.5 }
      return told
    },
  }
})

describeInput('the driver by MQTT', async () => {
  const { topic, given, listening } = rig()
  const input = createMqttDriver({ topic, staleSeconds: 60 }, brokerAt(broker.url), `driver-${topic.replace('/', '-')}`, given)
  await listening()
  return {
    input,
    now: monotonicMs,
    tell: async () => {
      await publish(broker.port, topic, '004711')
      return '004711'
    },
  }
})

describe('the driver by MQTT', () => {
  it('is taken from a message that the broker has kept, and is nobody once that is taken off', async () => {
    const { topic, given, listening } = rig()
    await publish(broker.port, topic, '4711', '-r')
    const input = createMqttDriver({ topic, staleSeconds: 60 }, brokerAt(broker.url), 'driver-kept', given)
    onTestFinished(() => input.close())
    await listening()
    const reads = (driver: string | null) =>
      until(
        () => input.read(monotonicMs()) === driver,
        () => `reads ${input.read(monotonicMs())}`,
      )
    await reads('4711')
    expect(input.read(monotonicMs() + 61_000)).toBeNull()
    await run('mosquitto_pub', ['-h', 'localhost', '-p', String(broker.port), '-t', topic, '-r', '-n'])
    await reads(null)
  })
})

describe('the speed by MQTT', () => {
  it('is unknown once it is older than staleSeconds, and not before', async () => {
    const { input, topic, listening } = speedOn(broker.url, 2)
    await listening()
    await publish(broker.port, topic, '20')
    await until(
      () => input.read(monotonicMs()) === 20,
      () => 'no speed',
    )
    const nowMs = monotonicMs()
    expect([input.read(nowMs + 1500), input.read(nowMs + 2000)]).toEqual([20, null])
  })

  it('is not taken from a message that the broker has kept: nobody knows how old it is', async () => {
    const { topic, listening } = speedOn(broker.url)
    await publish(broker.port, `${topic}0`, '80', '-r')
    const kept = rig()
    const late = createMqttSpeed({ topic: `${topic}0`, staleSeconds: 3 }, brokerAt(broker.url), 'late', kept.given)
    onTestFinished(() => late.close())
    await Promise.all([listening(), kept.listening()])
    const seen = new Set<number | null>()
    const sees = (kmh: number) =>
      until(
        () => seen.add(late.read(monotonicMs())).has(kmh),
        () => [...seen].join(),
      )
    const told = sees(81)
    await publish(broker.port, `${topic}0`, '81')
    await told
    expect([...seen]).toEqual([null, 81])
  })

  it('names a message that is no speed once, and keeps what it knew', async () => {
    const { input, topic, said, listening } = speedOn(broker.url)
    await listening()
    for (const text of ['50', 'fast', 'faster', '51']) await publish(broker.port, topic, text)
    await until(
      () => input.read(monotonicMs()) === 51,
      () => 'no speed',
    )
    expect(said().filter((line) => line.includes(`${topic} is no speed`))).toHaveLength(1)
  })

  it('names a broker that is away once, and listens when it is there', { timeout: 30_000 }, async () => {
    const gate = await createGate()
    const { input, topic, said, listening } = speedOn(gate.url)
    await until(
      () => said().length > 0,
      () => 'nothing said',
    )
    expect(said()).toEqual([expect.stringMatching(/refuses connections.*the speed is unknown/)])
    await gate.open(broker.port)
    onTestFinished(() => gate.shut())
    await until(
      () => said().length > 1,
      () => said().join('\n'),
      15_000,
    )
    await listening()
    await publish(broker.port, topic, '30')
    await until(
      () => input.read(monotonicMs()) === 30,
      () => 'no speed',
    )
  })

  it('says that the broker does not let it listen', async () => {
    // Mosquitto grants every subscription and withholds the messages; this one refuses.
    const aedes = await Aedes.createBroker({ authorizeSubscribe: (_, __, done) => done(null, null) })
    const server = createServer(aedes.handle)
    const port = await freePort()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const { input, topic, said } = speedOn(`mqtt://localhost:${port}`)
    await until(
      () => said().length > 0,
      () => 'nothing said',
    )
    expect(said()).toEqual([expect.stringContaining(`does not let this vehicle listen to ${topic}`)])
    await input.close()
    await new Promise<void>((resolve) => aedes.close(resolve))
    server.close()
  })

  it('names a password file that is not there', async () => {
    const { topic, given, said } = rig()
    const input = createMqttSpeed(
      { topic, staleSeconds: 3 },
      { ...brokerAt(broker.url), username: 'u', passwordFile: '/nowhere/password' },
      'x',
      given,
    )
    onTestFinished(() => input.close())
    await until(
      () => said().length > 0,
      () => 'nothing said',
    )
    expect(said()[0]).toContain('/nowhere/password')
  })
})

describe('the ignition by MQTT', () => {
  it('is taken from a message that the broker has kept, and is unknown while the broker is away', async () => {
    const port = await freePort()
    const own = await startMosquitto({ port })
    const { topic, given, listening } = rig()
    await publish(port, topic, 'true', '-r')
    const input = createMqttIgnition(topic, brokerAt(own.url), 'ignition', given)
    onTestFinished(() => input.close())
    await listening()
    await until(
      () => input.read(0) === true,
      () => 'no ignition',
    )
    await own.stop()
    await until(
      () => input.read(0) === null,
      () => 'still known',
    )
  })
})
