import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { drawnDriver } from '../drawn-driver.js'
import { freePort, type Mosquitto, startMosquitto } from '../fleet/mosquitto.js'
import { type Subscriber, subscribe } from '../fleet/subscriber.js'
import { type Running, scratch, start, writeConfig } from './program.js'

let broker: Mosquitto
beforeAll(async () => {
  broker = await startMosquitto()
})
afterAll(() => broker.stop())

let running: Running | null = null
let fleet: Subscriber | null = null
afterEach(async () => {
  running?.kill('SIGKILL')
  await fleet?.stop()
  running = null
  fleet = null
})

let vehicles = 0

/** Starts the daemon on the drawn driver, as a vehicle of its own. */
function drive(overrides: { url?: string } = {}, args: string[] = []) {
  const folder = scratch()
  vehicles += 1
  const vehicle = `truck-${vehicles}`
  const config = writeConfig(folder, {
    vehicle: { fleet: 'test', id: vehicle },
    camera: { kind: 'file', file: { path: drawnDriver, loop: true } },
    alarm: { output: 'console' },
    fleet: { url: overrides.url ?? broker.url, heartbeat: '*/2 * * * * *' },
    log: { format: 'json' },
  })
  running = start(['run', '-c', config, '--simulated', ...args])
  return { daemon: running, vehicle, topic: (name: string) => `${vehicle}/${name}`, folder }
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`)

describe('the daemon, with Mosquitto', () => {
  it('tells birth, status, heartbeat and the alert, and the broker tells that it is offline after kill -9', async () => {
    fleet = await subscribe(broker.port)
    const { daemon, topic } = drive()
    const [birth] = await fleet.on(topic('birth'), 1, 20_000)
    expect(birth?.payload).toMatchObject({ simulated: true, model: { name: 'eye-state.onnx' } })
    const [online] = await fleet.on(topic('status'), 1)
    expect(online?.payload).toMatchObject({ status: 'online', simulated: true })
    const alerts = await fleet.on(topic('alert'), 2, 30_000)
    expect(alerts.map((a) => [a.payload.rule, a.payload.level, a.payload.phase, a.qos])).toEqual([
      ['microsleep', 2, 'raised', 1],
      ['sleep', 3, 'escalated', 1],
    ])
    expect(alerts.every((a) => a.payload.simulated === true)).toBe(true)
    expect(new Set(alerts.map((a) => a.payload.incident)).size).toBe(1)
    const heartbeats = await fleet.on(topic('health'), 3, 10_000)
    expect(heartbeats.at(-1)?.payload).toMatchObject({ vision: 'running', simulated: true, drowsiness: { calibrating: true } })
    expect(daemon.log()).toContain('BUZZER on')

    const [vision] = daemon.children()
    daemon.kill('SIGKILL')
    const statuses = await fleet.on(topic('status'), 2)
    expect(statuses.at(-1)?.payload).toMatchObject({ status: 'offline', cause: 'lost' })
    // Nobody listens any more: the eyes must not outlive the daemon.
    await vi.waitFor(() => expect(vision !== undefined && isAlive(vision)).toBe(false), { timeout: 3000 })
  })

  it('survives kill -SEGV of its vision process, says so, and observes again within 5 s', async () => {
    const { daemon, folder } = drive({}, ['--record', path.join(scratch(), 'log')])
    await daemon.says(/Watching /)
    const [vision] = daemon.children()
    if (vision === undefined) throw new Error(`no vision process: ${folder}`)
    process.kill(vision, 'SIGSEGV')
    await daemon.says(/Vision is down, .*: the vision process was killed by SIGSEGV/, 5000)
    await daemon.says(/Watching .*\(restarts so far: 1\)/, 5000)
    expect(isAlive(daemon.pid)).toBe(true)
  })

  it('tells that there is no camera, and why', async () => {
    const folder = scratch()
    writeFileSync(
      path.join(folder, 'script.json'),
      JSON.stringify({ fps: 15, steps: [{ gray: 80, seconds: 0.2 }, { fault: 'unplugged' }] }),
    )
    const config = writeConfig(folder, {
      camera: { kind: 'scripted', scripted: { path: 'script.json' } },
      alarm: { output: 'none' },
      log: { format: 'json' },
    })
    running = start(['run', '--simulated', '-c', config])
    await running.says(/camera-unavailable \(level 1, notice\): no camera for \d+\.\d s \(camera-lost\)/, 60_000)
  })

  it('takes a hung vision process with it when it is killed', async () => {
    const folder = scratch()
    writeFileSync(path.join(folder, 'script.json'), JSON.stringify({ fps: 15, steps: [{ gray: 80, seconds: 0.2 }, { fault: 'hang' }] }))
    const config = writeConfig(folder, {
      camera: { kind: 'scripted', scripted: { path: 'script.json' } },
      alarm: { output: 'none' },
      log: { format: 'json' },
    })
    running = start(['run', '--simulated', '-c', config])
    await running.says(/Watching /)
    const [vision] = running.children()
    running.kill('SIGKILL')
    await vi.waitFor(() => expect(vision === undefined || isAlive(vision)).toBe(false), { timeout: 3000 })
  })

  it('keeps observations, and no picture, with --record', async () => {
    const folder = path.join(scratch(), 'log')
    const { daemon } = drive({}, ['--record', folder])
    await daemon.says(/Watching /)
    const lines = () => readdirSync(folder).flatMap((name) => readFileSync(path.join(folder, name), 'utf8').trim().split('\n'))
    const seen = () => lines().filter((line) => line.includes('"closed"'))
    await vi.waitFor(() => expect(seen().length).toBeGreaterThan(5), { timeout: 10_000 })
    expect(JSON.parse(seen()[0] ?? '')).toMatchObject({ type: 'observation', left: { size: expect.any(Number) } })
    expect(Math.max(...lines().map((line) => line.length))).toBeLessThan(1000)
    // The configuration says about 50 MB an hour at 30 frames a second.
    const meanBytes = seen().reduce((sum, line) => sum + line.length + 1, 0) / seen().length
    expect(Math.abs((meanBytes * 30 * 3600) / 1e6 - 50)).toBeLessThan(5)
  })

  it('ends in order on SIGTERM within 2 s: outputs off, offline told, exit code 0', async () => {
    fleet = await subscribe(broker.port)
    const { daemon, topic } = drive()
    await fleet.on(topic('status'), 1, 20_000)
    await daemon.says(/Watching /)
    const beganMs = Date.now()
    daemon.kill('SIGTERM')
    expect(await daemon.ended()).toEqual({ code: 0, signal: null })
    expect(Date.now() - beganMs).toBeLessThan(2000)
    const statuses = await fleet.on(topic('status'), 2)
    expect(statuses.at(-1)?.payload).toMatchObject({ status: 'offline', cause: 'stopped' })
  })

  it('tells the trip when it stops, since nothing of simulated eyes is kept', async () => {
    fleet = await subscribe(broker.port)
    const { daemon, topic } = drive()
    await fleet.on(topic('alert'), 2, 30_000)
    daemon.kill('SIGTERM')
    const [trip] = await fleet.on(topic('trip'))
    expect(trip?.payload).toMatchObject({ simulated: true, cut: true, incidents: [{ rule: 'sleep', level: 3, count: 1 }] })
  })

  it('runs on without its broker, says so in one sentence, and alarms all the same', async () => {
    const { daemon } = drive({ url: `mqtt://localhost:${await freePort()}` })
    await daemon.says(/microsleep \(level 2, warn\)/, 30_000)
    const complaints = daemon
      .log()
      .split('\n')
      .filter((line) => line.includes('broker') && line.includes('"level":40'))
    expect(complaints).toHaveLength(1)
    expect(daemon.log()).not.toMatch(/\n\s+at /)
  })
})

it('a camera that is not there is waited for, --simulated or not: the fleet is told, and the daemon stays', async () => {
  const config = writeConfig(scratch(), {
    camera: { kind: 'usb', device: '/dev/video97' },
    alarm: { output: 'console' },
    log: { format: 'json' },
  })
  running = start(['run', '-c', config, '--simulated'])
  await running.says(/camera-unavailable \(level 1/)
  running.kill('SIGTERM')
  expect((await running.ended()).code).toBe(0)
})

it('a camera whose driver hangs when it is opened is found out within 10 s: eyes killed, the fleet told, with the reason', async () => {
  const folder = scratch()
  writeFileSync(path.join(folder, 'script.json'), JSON.stringify({ fps: 15, steps: [{ fault: 'hang' }] }))
  const config = writeConfig(folder, {
    camera: { kind: 'scripted', scripted: { path: 'script.json' } },
    alarm: { output: 'console' },
    vehicle: { fleet: 'test', id: 'hung' },
    fleet: { url: broker.url },
    log: { format: 'json' },
  })
  fleet = await subscribe(broker.port)
  const daemon = start(['run', '-c', config, '--simulated'])
  running = daemon
  await daemon.says(/kantukd starts/)
  const startedMs = Date.now()
  await daemon.says(/Vision is down, .*no sign for \d+\.\d s while waiting for pictures/, 10_000)
  const [alert] = await fleet.on('hung/alert', 1, 10_000)
  expect(Date.now() - startedMs).toBeLessThan(10_000)
  expect(alert?.payload).toMatchObject({
    rule: 'camera-unavailable',
    evidence: { cause: expect.stringMatching(/^vision-(ended|starting)$/) },
  })
})
