/** The real daemon asked by its fleet over a real broker: commands, and changes of the configuration. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { drawnDriver } from '../drawn-driver.js'
import { until } from '../fleet/harness.js'
import { type Mosquitto, startMosquitto } from '../fleet/mosquitto.js'
import { type Desk, openDesk } from './fleet-side.js'
import { type Running, scratch, start } from './program.js'

let broker: Mosquitto
beforeAll(async () => {
  broker = await startMosquitto()
})
afterAll(() => broker.stop())

let running: Running | null = null
let desk: Desk | null = null
afterEach(async () => {
  running?.kill('SIGKILL')
  await running?.ended()
  await desk?.close()
})

// A loaded machine takes long to open the models; what is measured here is not that.
const SLOW_MS = 60_000

/** The driver awake: a gray picture is no driver, and nothing but "cannot see" is told for as long as these tests take. */
const drive = async (vehicle: string, more = '') => {
  const folder = scratch()
  const file = path.join(folder, 'kantukd.yaml')
  writeFileSync(
    file,
    `# of the workshop
vehicle: {fleet: test, id: ${vehicle}}
camera: # the drawn driver
  kind: file
  file: {path: ${drawnDriver}, loop: true}
alarm: {output: console}
fleet: {url: "${broker.url}", remote: {locked: [alarm]}}
state: {dir: ${folder}}
log:
  format: json
  level: info # as delivered
${more}`,
  )
  const asked = await openDesk(broker.url, vehicle)
  desk = asked
  const go = () => {
    running = start(['run', '--simulated', '-c', file])
    return running
  }
  const daemon = go()
  await daemon.says(/Watching /, SLOW_MS)
  await until(
    () => asked.newest('config') !== undefined,
    () => daemon.log(),
    SLOW_MS,
  )
  return { file, folder, desk: asked, daemon, go, text: () => readFileSync(file, 'utf8') }
}

describe('the daemon, asked by its fleet', () => {
  it('answers, keeps verdicts, tests buzzer and light, restarts vision, and tells a test event', { timeout: 180_000 }, async () => {
    const { desk, daemon, folder } = await drive('asked-1')
    expect(await desk.ask('command/ping')).toMatchObject({
      ok: true,
      command: 'ping',
      simulated: true,
      data: { outboxDepth: expect.any(Number) },
    })
    const incident = '019ab1c2-3d4e-7000-9a1b-2c3d4e5f6072'
    expect(await desk.ask('command/verdict', { incident, verdict: false })).toMatchObject({ ok: true, data: { kept: 'disk' } })
    expect(readFileSync(path.join(folder, 'verdicts.jsonl'), 'utf8')).toBe(`{"incident":"${incident}","verdict":false}\n`)
    expect(await desk.ask('command/snapshot')).toMatchObject({ ok: false, error: { code: 'evidence-off' } })
    expect(await desk.ask('command/log-level', { level: 'debug', seconds: 10 })).toMatchObject({ ok: true })

    // The driver of the recording sleeps at times, and is being learnt at first: then a test is refused, and asked for again.
    let tested = await desk.ask('command/self-test')
    for (let tries = 0; !tested.ok && tries < 200; tries += 1) {
      expect(tested.error?.code).toMatch(/alarm|too-soon/)
      await new Promise((resolve) => setTimeout(resolve, 700))
      tested = await desk.ask('command/self-test')
    }
    expect(tested).toMatchObject({ ok: true, data: { output: 'console' } })
    expect(await desk.ask('command/self-test')).toMatchObject({ ok: false, error: { code: 'too-soon' } })
    await until(
      () => desk.newest('alert')?.rule === 'self-test',
      () => JSON.stringify(desk.newest('alert')),
    )
    expect(desk.newest('alert')).toMatchObject({ rule: 'self-test', level: 0, phase: 'raised', simulated: true, id: tested.data?.event })

    let restarted = await desk.ask('command/restart-vision')
    for (let tries = 0; !restarted.ok && tries < 60; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 700))
      restarted = await desk.ask('command/restart-vision')
    }
    expect(restarted).toMatchObject({ ok: true })
    await daemon.says(/Vision is down, .*: the fleet asked for a restart/)
    await daemon.says(/Watching .*restarts so far: 1/, SLOW_MS)
  })

  it('changes its configuration, tells the new one, and is the same program', { timeout: 180_000 }, async () => {
    const { desk, daemon, file, text } = await drive('asked-2')
    const before = desk.newest('config')
    expect(before).toMatchObject({ configSha256: desk.newest('birth')?.configSha256, config: { log: { level: 'info' } } })
    expect(await desk.ask('config/set', { set: { 'alarm.output': 'none' } })).toMatchObject({ error: { code: 'key-locked' } })
    await new Promise((resolve) => setTimeout(resolve, 5100))
    const told = await desk.ask('config/set', { set: { 'log.level': 'debug' }, healthySeconds: 60 }, 120_000)
    expect(told).toMatchObject({ ok: true, data: { applied: true, changes: [{ path: 'log.level', from: 'info', to: 'debug' }] } })
    expect(text()).toContain('  level: debug # as delivered\n')
    expect(text()).toContain('# of the workshop')
    await until(
      () => desk.newest('config')?.configSha256 !== before?.configSha256,
      () => JSON.stringify(desk.newest('config')),
    )
    expect(desk.newest('config')).toMatchObject({ configSha256: desk.newest('birth')?.configSha256, config: { log: { level: 'debug' } } })
    // The answer was heard, and nothing is left to tell.
    await until(
      () => !existsSync(`${file}.trial`),
      () => 'the mark is still there',
    )
    daemon.kill('SIGTERM')
    expect(await daemon.ended()).toEqual({ code: 0, signal: null })
  })

  it('takes back what it cannot run with', { timeout: 180_000 }, async () => {
    const { desk, file, text } = await drive('asked-3')
    const before = text()
    const told = await desk.ask('config/set', { set: { 'camera.file.path': file }, healthySeconds: 30 }, 120_000)
    expect(told).toMatchObject({ ok: false, error: { code: 'rolled-back', message: expect.stringContaining('cannot be read as a video') } })
    expect(text()).toBe(before)
    expect(await desk.ask('command/ping', {}, 30_000)).toMatchObject({ ok: true })
  })

  it('killed and started again, answers a repeated command as before, and does it once', { timeout: 180_000 }, async () => {
    const { desk, daemon, folder, go } = await drive('asked-6')
    const incident = '019ab1c2-3d4e-7000-9a1b-2c3d4e5f6072'
    const asked = { transaction: 'once', expires: new Date(Date.now() + 120_000).toISOString() }
    const first = await desk.ask('command/verdict', { ...asked, incident, verdict: false })
    expect(await desk.ask('command/verdict', { incident, verdict: true })).toMatchObject({ ok: true })
    const verdicts = () => readFileSync(path.join(folder, 'verdicts.jsonl'), 'utf8')
    const before = verdicts()
    daemon.kill('SIGKILL')
    await daemon.ended()
    await go().says(/Watching /, SLOW_MS)
    await desk.publish('command/verdict', JSON.stringify({ ...asked, incident, verdict: false }))
    await until(
      () => desk.results.some(({ transaction, again }) => transaction === 'once' && again === true),
      () => JSON.stringify(desk.results),
      SLOW_MS,
    )
    expect(desk.results.at(-1)).toMatchObject({ ok: true, data: first.data })
    expect(verdicts()).toBe(before)
  })

  it('killed in the middle of a trial, runs with the last good one at the next start, and tells so', { timeout: 180_000 }, async () => {
    const { desk, daemon, file, text, go } = await drive('asked-4')
    const before = text()
    await desk.publish(
      'config/set',
      JSON.stringify({ transaction: 'cut', expires: new Date(Date.now() + 60_000).toISOString(), set: { 'log.level': 'debug' } }),
    )
    await until(
      () => existsSync(`${file}.trial`) && text() !== before,
      () => daemon.log(),
      SLOW_MS,
    )
    daemon.kill('SIGKILL')
    await daemon.ended()
    const again = go()
    await again.says(/last good one is in force/)
    expect(text()).toBe(before)
    await until(
      () => desk.results.some(({ transaction, error }) => transaction === 'cut' && error?.code === 'rolled-back'),
      () => JSON.stringify(desk.results),
      SLOW_MS,
    )
  })
})
