/** The real daemon on the drawn recording: its configuration edited while it runs, and read anew on SIGHUP. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { drawnDriver } from '../drawn-driver.js'
import { until } from '../fleet/harness.js'
import { freePort, type Mosquitto, startMosquitto } from '../fleet/mosquitto.js'
import { type Running, scratch, start } from './program.js'

const SLOW_MS = 60_000

let first: Mosquitto
let second: Mosquitto
beforeAll(async () => {
  first = await startMosquitto()
  second = await startMosquitto()
})
afterAll(async () => {
  await first.stop()
  await second.stop()
})

let running: Running | null = null
afterEach(async () => {
  running?.kill('SIGKILL')
  await running?.ended()
})

/** The daemon, watching; `edit` replaces a part of its configuration and asks it to read that anew. */
const drive = async (vehicle: string) => {
  const folder = scratch()
  const file = path.join(folder, 'kantukd.yaml')
  const port = await freePort()
  const original = `vehicle: {fleet: test, id: ${vehicle}}
camera: {kind: file, file: {path: ${drawnDriver}, loop: true}}
alarm: {output: console}
judgement: {microsleepSeconds: 1}
fleet: {url: "${first.url}"}
health: {port: ${port}}
state: {dir: ${folder}}
log: {format: json}
`
  writeFileSync(file, original)
  const daemon = start(['run', '--simulated', '-c', file])
  running = daemon
  await daemon.says(/Watching /, SLOW_MS)
  await daemon.says(/Connected to the broker/, SLOW_MS)
  return {
    ...{ daemon, file, port, original },
    edit(from: string, to: string) {
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
      daemon.kill('SIGHUP')
    },
    health: async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/healthz`)).text(),
    // Awake, so that nothing waits: the drawn driver wakes up of the sleep.
    awake: () => daemon.says(/sleep .*: over after/, SLOW_MS),
  }
}

describe('a configuration that is edited while the daemon runs', () => {
  it('with another broker: the line alone is begun anew, the eyes are the same', { timeout: 180_000 }, async () => {
    const { daemon, edit } = await drive('edited-1')
    const eyes = daemon.children()
    edit(first.url, second.url)
    await daemon.says(/The configuration was read anew: fleet\.url changed; begun anew: the line to the broker\./, SLOW_MS)
    await daemon.says(new RegExp(`Connected to the broker at ${second.url}`), SLOW_MS)
    expect(daemon.children()).toEqual(eyes)
    expect(daemon.log().match(/Watching /g)).toHaveLength(1)
  })

  it('with another threshold: the next closure is judged by it', { timeout: 180_000 }, async () => {
    const { daemon, edit, awake } = await drive('edited-2')
    const eyes = daemon.children()
    await awake()
    edit('microsleepSeconds: 1}', 'microsleepSeconds: 1.6}')
    await daemon.says(/judgement\.microsleepSeconds changed; nothing had to be begun anew/, SLOW_MS)
    await daemon.says(/microsleep .*: eyes closed for 1\.6 s/, SLOW_MS)
    expect(daemon.children()).toEqual(eyes)
  })

  it('wrongly: it goes on, says where it is wrong, and says so in health until it is right', { timeout: 180_000 }, async () => {
    const { daemon, edit, file, health } = await drive('edited-3')
    edit('microsleepSeconds', 'microsleepSecond')
    await daemon.says(/"level":50.*what was in force goes on/)
    expect(daemon.log()).toContain(`${file}:4:13: error[unknown-key]: there is no key microsleepSecond in judgement`)
    expect(await health()).toContain('"conditions":["config-not-taken"]')
    edit('microsleepSecond', 'microsleepSeconds')
    await daemon.says(/is what is in force already/)
    expect(await health()).toContain('"conditions":[]')
  })

  it('rightly, but not for this machine: a taken port, a line that is not there, are refused', { timeout: 180_000 }, async () => {
    const { daemon, edit, port, original, file } = await drive('edited-4')
    const taken = new URL(first.url).port
    edit(`port: ${port}`, `port: ${taken}`)
    await daemon.says(new RegExp(`cannot be put into force.*Health is not served on port ${taken}`))
    writeFileSync(file, original)
    edit('output: console', 'output: gpio, buzzer: {chip: no-such-chip}')
    await daemon.says(/cannot be put into force.*what was in force goes on .*(GPIO|gpio)/, SLOW_MS)
    await daemon.says(/BUZZER on/, SLOW_MS)
  })

  it('in the middle of an alarm: nothing is silenced, and it waits until the eyes are open', { timeout: 180_000 }, async () => {
    const { daemon, edit } = await drive('edited-5')
    await daemon.says(/sleep \(level 3/, SLOW_MS)
    const before = daemon.log().length
    edit('output: console', 'output: none')
    await daemon.says(/read anew: alarm\.output changed/, SLOW_MS)
    const after = daemon.log().slice(before)
    // The tone of sleep has no pauses: it goes off once, when the eyes are open.
    expect(after.match(/BUZZER/g)).toEqual(['BUZZER'])
    expect(after.indexOf('over after')).toBeGreaterThan(0)
    expect(after.indexOf('read anew')).toBeGreaterThan(after.indexOf('over after'))
  })

  it('and asked for twenty times in a second: it is one request, and the daemon is the same', { timeout: 180_000 }, async () => {
    const { daemon } = await drive('edited-6')
    const eyes = daemon.children()
    for (let sent = 0; sent < 20; sent += 1) {
      daemon.kill('SIGHUP')
      await sleep(50)
    }
    await sleep(1500)
    const times = daemon.log().match(/is what is in force already/g)?.length ?? 0
    expect(times).toBeGreaterThan(0)
    expect(times).toBeLessThanOrEqual(5)
    expect(daemon.children()).toEqual(eyes)
  })

  it('and is gone: it goes on, and stops in order when it is told to', { timeout: 180_000 }, async () => {
    const { daemon, file, original } = await drive('edited-7')
    rmSync(file)
    daemon.kill('SIGHUP')
    await daemon.says(/what was in force goes on.*error\[file-missing\]/)
    writeFileSync(file, original)
    daemon.kill('SIGHUP')
    await daemon.says(/is what is in force already/)
    daemon.kill('SIGTERM')
    expect(await daemon.ended()).toEqual({ code: 0, signal: null })
  })

  it('with another camera, another name: the eyes are begun anew for the one, and not for the other', { timeout: 180_000 }, async () => {
    const { daemon, edit } = await drive('edited-8')
    const eyes = daemon.children()
    edit('id: edited-8', 'id: edited-9')
    await daemon.says(/vehicle\.id changed; begun anew: the service within its program/, SLOW_MS)
    expect(daemon.children()).toEqual(eyes)
    edit('kind: file,', 'kind: file, fps: 20,')
    await daemon.says(/camera\.fps changed; begun anew: the eyes/, SLOW_MS)
    expect(daemon.children()).not.toEqual(eyes)
    // A recording that is none: the eyes go back to the one before.
    edit(`path: ${drawnDriver}`, `path: ${process.execPath}`)
    await daemon.says(/cannot be put into force.*cannot be read as a video/, SLOW_MS)
    const before = daemon.log().length
    await until(
      () => daemon.log().slice(before).includes('microsleep'),
      () => daemon.log(),
      SLOW_MS,
    )
  })
})
