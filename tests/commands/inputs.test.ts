/** The real daemon with a real broker in the vehicle: ignition and speed, as the daemon takes them. */
import { execFileSync, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { drawnDriver } from '../drawn-driver.js'
import { type Mosquitto, startMosquitto } from '../fleet/mosquitto.js'
import { type Subscriber, subscribe } from '../fleet/subscriber.js'
import { kantukd, type Running, scratch, start, writeConfig } from './program.js'

let broker: Mosquitto
let fleet: Subscriber
beforeAll(async () => {
  broker = await startMosquitto()
  fleet = await subscribe(broker.port)
})
afterAll(async () => {
  await fleet.stop()
  await broker.stop()
})

let running: Running | null = null
afterEach(async () => {
  running?.kill('SIGKILL')
  await running?.ended()
  running = null
})

// A loaded machine takes long to open the models; what is measured here is not that.
const SLOW_MS = 60_000

const drive = (id: string, inputs: object, ...args: string[]): Running => {
  const config = {
    vehicle: { fleet: 'test', id },
    camera: { kind: 'file', file: { path: drawnDriver, loop: true } },
    alarm: { output: 'console' },
    fleet: { url: broker.url, heartbeat: '* * * * * *' },
    log: { format: 'json' },
    ...inputs,
  }
  running = start(['run', '--simulated', '-c', writeConfig(scratch(), config), ...args])
  return running
}

/** Tells the ignition, so that whoever listens later hears it too. */
const turn = (topic: string, on: boolean) =>
  execFileSync('mosquitto_pub', ['-h', 'localhost', '-p', String(broker.port), '-t', topic, '-m', String(on), '-r'])

const ignitionOn = (topic: string) => ({ ignition: { kind: 'mqtt', powerHoldSeconds: 5, mqtt: { topic } } })
const healthOf = (id: string) =>
  fleet.received.filter(({ topic }) => topic === `kantuk/test/${id}/health`).map(({ payload }) => payload.inputs)

/** What of an event does not depend on when and where it was told. */
const essence = ({ rule, level, phase, evidence, confidence, coverage, quiet }: Record<string, unknown>) => ({
  rule,
  level,
  phase,
  evidence: { ...z.record(z.string(), z.unknown()).parse(evidence), startedAt: undefined, startedSeconds: undefined },
  confidence,
  coverage,
  quiet,
})

describe('the ignition', () => {
  it('begins and ends a trip, and ends the daemon in order when it has been off for powerHoldSeconds', async () => {
    turn('key/1', true)
    const daemon = drive('key-1', ignitionOn('key/1'))
    await daemon.says(/A trip begins/, SLOW_MS)
    await daemon.says(/Watching /, SLOW_MS)
    await daemon.says(/Listening for the ignition/)
    await sleep(2500)
    expect(healthOf('key-1').at(-1)).toEqual({ speed: 'none', button: 'none', ignition: 'known' })
    turn('key/1', false)
    const offMs = Date.now()
    await daemon.says(/A trip ends/)
    expect(await daemon.ended(20_000)).toEqual({ code: 0, signal: null })
    expect(Date.now() - offMs).toBeGreaterThan(4500)
    expect(daemon.log()).toContain('kantukd stops on the ignition, which has been off for 5 s.')
    const [, offline] = (await fleet.on('status', 2)).filter(({ topic }) => topic.includes('key-1'))
    expect(offline?.payload).toMatchObject({ status: 'offline', cause: 'stopped' })
  })

  it('is waited for when it is off at the start, without eyes; then the driver is watched', async () => {
    turn('key/2', false)
    const daemon = drive('key-2', ignitionOn('key/2'))
    await daemon.says(/The ignition is off: waiting for it/)
    await sleep(500)
    expect(daemon.children()).toEqual([])
    turn('key/2', true)
    await daemon.says(/Watching /, SLOW_MS)
    expect(daemon.log()).toContain('A trip begins')
  })

  it('that is waited for does not keep the daemon from being stopped', async () => {
    turn('key/3', false)
    const daemon = drive('key-3', ignitionOn('key/3'))
    await daemon.says(/waiting for it/)
    daemon.kill('SIGTERM')
    expect(await daemon.ended(5000)).toEqual({ code: 0, signal: null })
  })

  it('that nobody tells keeps nobody from being watched', async () => {
    const daemon = drive('key-4', ignitionOn('key/nobody'))
    await daemon.says(/Watching /, SLOW_MS)
    await sleep(1500)
    expect(healthOf('key-4').at(-1)).toEqual({ speed: 'none', button: 'none', ignition: 'unknown' })
  })
})

describe('the speed', () => {
  it('below 20 km/h makes an alarm quiet: told to the fleet with what is known of the moment, and not sounded', async () => {
    execFileSync('mosquitto_pub', ['-h', 'localhost', '-p', String(broker.port), '-t', 'card/1', '-m', '004711', '-r'])
    const speed = spawn('mosquitto_pub', ['-h', 'localhost', '-p', String(broker.port), '-t', 'speed/1', '-l'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    const telling = setInterval(() => speed.stdin.write('{"speedKmh":5}\n'), 200)
    onTestFinished(() => {
      clearInterval(telling)
      speed.kill()
    })
    const record = scratch()
    const sources = {
      speed: { kind: 'mqtt', mqtt: { topic: 'speed/1' } },
      driver: { kind: 'mqtt', mqtt: { topic: 'card/1' } },
      // Nobody tells it: it is left out.
      position: { kind: 'mqtt' },
    }
    const daemon = drive('slow-1', sources, '--record', record)
    await daemon.says(/Listening for the speed/, SLOW_MS)
    await daemon.says(/microsleep/, SLOW_MS)
    await sleep(500)
    const alert = fleet.received.find(({ topic, payload }) => topic === 'kantuk/test/slow-1/alert' && payload.rule === 'microsleep')
    expect(alert?.payload).toMatchObject({ rule: 'microsleep', level: 2, quiet: true, context: { speedKmh: 5, driver: '004711' } })
    expect(alert?.payload.context).not.toHaveProperty('position')
    expect(daemon.log()).not.toContain('BUZZER on')
    const known = { speed: 'known', button: 'none', ignition: 'none', position: 'unknown', driver: 'known' }
    expect(healthOf('slow-1').at(-1)).toEqual(known)

    // What was recorded is judged again as it was judged in the vehicle.
    daemon.kill('SIGTERM')
    await daemon.ended()
    const [name = ''] = readdirSync(record)
    const replayed = kantukd(['replay', path.join(record, name), '--json'])
      .stdout.split('\n')
      .filter((line) => line.startsWith('{"type":"event"'))
      .map((line) => essence(JSON.parse(line)))
    const live = fleet.received.filter(({ topic }) => topic === 'kantuk/test/slow-1/alert').map(({ payload }) => essence(payload))
    expect(replayed.length).toBeGreaterThan(0)
    expect(replayed).toEqual(live)
  })
})
