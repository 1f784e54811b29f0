/**
 * Hostile payloads at the real daemon over a real Mosquitto, on every topic that it listens to: no crash, no state change, an answer or silence as
 * docs/fleet.md says, and the driver is woken afterwards. 1,000 by default; more by `npm run hostile -- 100000 20000` (the second number).
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { connectAsync } from 'mqtt'
import { expect, it, onTestFinished } from 'vitest'
import { jsonSchemas } from '../../scripts/schemas/json-schemas.js'
import { openDesk, type Told } from '../commands/fleet-side.js'
import { scratch, start, writeConfig } from '../commands/program.js'
import { drawnDriver } from '../drawn-driver.js'
import { until } from '../fleet/harness.js'
import { startMosquitto } from '../fleet/mosquitto.js'
import { hostilePayload, listenedTopic } from './payloads.js'

const RUNS = Number(process.env.HOSTILE_DAEMON_RUNS ?? 1000)
// The daemon takes 30 at once and two a second: so many are sent at its pace, and each must be answered; the rest is a flood.
const ANSWERED = Math.max(30, Math.round(RUNS * 0.05))
const BURST = 30
const PACE_MS = 520
const SLOW_MS = 60_000

const VEHICLE = 'hostile-1'
const inputs = ['speed', 'ignition', 'position', 'driver'] as const
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { uuid: true, date: true, 'date-time': true } })
const schemas = jsonSchemas()
const isResult = ajv.compile(schemas.get('result') ?? {})
const isRequest = (ending: string, payload: Buffer): boolean => {
  const schema = schemas.get(ending.replace('/', '-'))
  try {
    return schema !== undefined && ajv.compile(schema)(JSON.parse(payload.toString()))
  } catch {
    // no JSON: no request
    return false
  }
}

// A level of a topic may be empty or control characters for this client, and not for the broker; those are left out.
const sendable = listenedTopic.filter((ending) => /^[\w/-]+$/.test(ending))
const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number) => fc.sample(arbitrary, { numRuns, seed: 7 })

const drive = async () => {
  const broker = await startMosquitto()
  onTestFinished(broker.stop)
  const desk = await openDesk(broker.url, VEHICLE)
  onTestFinished(desk.close)
  const folder = scratch()
  const told = Object.fromEntries(inputs.map((name) => [name, { kind: 'mqtt', mqtt: { topic: `hostile/${name}` } }]))
  const file = writeConfig(folder, {
    ...told,
    vehicle: { fleet: 'test', id: VEHICLE },
    camera: { kind: 'file', file: { path: drawnDriver, loop: true } },
    alarm: { output: 'console' },
    ignition: { ...told.ignition, powerHoldSeconds: null },
    fleet: { url: broker.url },
    state: { dir: folder },
    log: { format: 'json' },
  })
  const daemon = start(['run', '--simulated', '-c', file])
  onTestFinished(async () => {
    daemon.kill('SIGKILL')
    await daemon.ended()
  })
  await daemon.says(/Watching /, SLOW_MS)
  for (const name of inputs) await daemon.says(new RegExp(`Listening for the ${name}`), SLOW_MS)
  await until(
    () => desk.newest('config') !== undefined,
    () => daemon.log(),
    SLOW_MS,
  )
  const client = await connectAsync(broker.url)
  onTestFinished(() => client.endAsync(true))
  return { desk, daemon, client, file, folder }
}

it(
  `${RUNS} hostile payloads change nothing, and the driver is woken afterwards`,
  async () => {
    const { desk, daemon, client, file, folder } = await drive()
    const state = () => ({
      file: readFileSync(file, 'utf8'),
      trial: existsSync(`${file}.trial`),
      config: desk.newest('config')?.configSha256,
      children: daemon.children(),
      spoilt: existsSync(path.join(folder, 'summaries.json.bad')),
    })
    const before = state()
    const storm = () =>
      sample(fc.tuple(fc.constantFrom(...inputs), hostilePayload), RUNS - ANSWERED).map(([name, payload]) =>
        client.publish(`hostile/${name}`, payload, { qos: 0 }),
      )

    const told: Told[] = []
    for (const [n, [ending, payload]] of sample(fc.tuple(sendable, hostilePayload), ANSWERED).entries()) {
      if (n >= BURST) await sleep(PACE_MS)
      if (n === BURST) storm()
      const heard = desk.results.length
      await desk.publish(ending, payload)
      // An empty message is met with silence.
      if (payload.length === 0) continue
      await until(
        () => desk.results.length > heard,
        () => `no answer on ${ending} to ${payload.toString().slice(0, 200)}`,
        SLOW_MS,
      )
      const answer = desk.results[heard] ?? expect.fail()
      expect(isResult(answer), JSON.stringify(answer)).toBe(true)
      if (answer.ok) expect(isRequest(ending, payload), `${ending} ${payload}`).toBe(true)
      told.push(answer)
    }
    expect(told.filter(({ ok }) => !ok).length).toBeGreaterThan(told.length / 2)

    const flooded = desk.results.length
    const floodMs = performance.now()
    for (const [ending, payload] of sample(fc.tuple(sendable, hostilePayload), RUNS - ANSWERED)) await desk.publish(ending, payload)
    storm()
    client.publish('hostile/speed', '80')
    await sleep(3000)
    const mostAnswers = BURST + (2 * (performance.now() - floodMs)) / 1000
    expect(desk.results.length - flooded).toBeLessThanOrEqual(mostAnswers)
    expect(desk.results.every((answer) => isResult(answer))).toBe(true)

    await until(
      () => desk.newest('alert')?.phase === 'raised' && Number(desk.newest('alert')?.level) >= 2 && desk.newest('alert')?.quiet !== true,
      () => daemon.log(),
      SLOW_MS,
    )
    expect(await desk.ask('command/ping', {}, SLOW_MS)).toMatchObject({ ok: true })
    expect(state()).toEqual(before)
    expect(daemon.log()).not.toContain('unforeseen')
  },
  120_000 + RUNS * 200,
)
