/** The real daemon on the drawn driver, who falls asleep: what it keeps of that, and what it does not. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { decode } from '../../daemon/evidence/record.js'
import { readPicture } from '../../daemon/vision/pictures.js'
import { freePort } from '../../scripts/lab/free-port.js'
import { openDesk } from '../commands/fleet-side.js'
import { kantukd, type Running, scratch, start, writeConfig } from '../commands/program.js'
import { drawnDriver } from '../drawn-driver.js'
import { until } from '../fleet/harness.js'
import { startMosquitto } from '../fleet/mosquitto.js'
import { newKey } from './samples.js'

let daemon: Running | null = null
afterEach(async () => {
  daemon?.kill('SIGTERM')
  await daemon?.ended()
  daemon = null
})

/** Runs it with this section `evidence`. */
async function run(folder: string, evidence: object, url = 'mqtt://127.0.0.1:1') {
  const port = await freePort()
  const config = writeConfig(folder, {
    camera: { kind: 'file', file: { path: drawnDriver, loop: true } },
    alarm: { output: 'console' },
    vehicle: { fleet: 'test', id: 'bus-12' },
    fleet: { url },
    state: { dir: folder },
    health: { port },
    log: { format: 'json' },
    evidence,
  })
  const started = start(['run', '--simulated', '-c', config])
  daemon = started
  const health = async (): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}/healthz`)).json()
  return { started, health }
}

const filesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.evidence')) : [])

/** Size of a JPEG that OpenCV opens. */
function sizeOf(file: string): { width: number; height: number } {
  const frame = readPicture(file)
  const { width, height } = frame
  frame.release()
  return { width, height }
}

describe('evidence of an alarm', () => {
  it('is on the disk some seconds later, encrypted, and opens with the key as pictures of those seconds', async () => {
    const folder = scratch()
    const key = newKey()
    writeFileSync(join(folder, 'key'), `${key.toString('hex')}\n`)
    const { started, health } = await run(folder, { enabled: true, keyFile: 'key', afterSeconds: 2 })
    await started.says(/Evidence is on: pictures around alarms are kept in .*, encrypted, at most 100 MB and 14 days/)
    await started.says(/microsleep \(level 2/, 60_000)
    const kept = join(folder, 'evidence')
    await until(
      () => filesIn(kept).length > 0,
      () => started.log(),
      30_000,
    )
    expect(await health()).toMatchObject({ isWatching: true, evidence: 'on', conditions: [] })
    const [name = ''] = filesIn(kept)
    const { head, pictures } = decode(readFileSync(join(kept, name)), key, name)
    expect(head).toMatchObject({ rule: 'microsleep', simulated: true, sealed: true })
    expect(head.level).toBeGreaterThanOrEqual(2)
    expect(name).toContain(head.id)
    // Two pictures a second, from before the alarm until two seconds after its last rise.
    expect(pictures.length).toBeGreaterThan(6)
    expect(pictures[0]?.atMs).toBeLessThan(-2000)
    expect(pictures.at(-1)?.atMs).toBeGreaterThan(1000)
    const out = join(folder, 'pictures')
    const config = join(folder, 'kantukd.yaml')
    expect(kantukd(['evidence', 'list', '-c', config]).stdout).toMatch(new RegExp(`^${head.id}  .*microsleep .*; .*simulated$`, 'm'))
    expect(kantukd(['evidence', 'show', head.id, '--out', out, '-c', config]).code).toBe(0)
    const shown = readdirSync(out)
    expect(shown).toHaveLength(pictures.length)
    for (const each of shown) expect(sizeOf(join(out, each))).toEqual({ width: 480, height: 360 })
  }, 120_000)

  it('is nowhere while it is off, as it is by default: not even its folder', async () => {
    const folder = scratch()
    const { started, health } = await run(folder, {})
    await started.says(/microsleep \(level 2[\s\S]*(sleep \(level 3|ended|over)/, 60_000)
    expect(await health()).toMatchObject({ evidence: 'off' })
    expect(existsSync(join(folder, 'evidence'))).toBe(false)
    expect(started.log()).not.toContain('vidence')
  }, 120_000)

  it.each<[string, object, RegExp]>([
    ['a key that is none', { keyFile: 'not-a-key' }, /not-a-key is not 64 hexadecimal digits.*\[evidence-key\]/],
    ['a key that is not there', { keyFile: 'nowhere' }, /nowhere cannot be read \(ENOENT\)/],
    ['a folder that is a file', { dir: 'not-a-key' }, /(EEXIST|ENOTDIR).*\[evidence-folder\]/],
  ])(
    '%s is told in the log and in health, and the driver is warned as ever',
    async (_, wrong, why) => {
      const folder = scratch()
      writeFileSync(join(folder, 'not-a-key'), 'secret')
      const { started, health } = await run(folder, { enabled: true, ...wrong })
      await started.says(/Evidence cannot be kept: .* The watch goes on\./)
      expect(started.log()).toMatch(why)
      expect(started.log()).not.toContain('secret')
      await started.says(/BUZZER on/, 60_000)
      await started.says(/microsleep \(level 2/)
      expect(await health()).toMatchObject({ isWatching: true, conditions: ['evidence-fails'] })
      expect(filesIn(join(folder, 'evidence'))).toEqual([])
    },
    120_000,
  )
})

it('a snapshot that the fleet asks for is kept in the vehicle, and answered by its id; at once again is too soon', async () => {
  const folder = scratch()
  const broker = await startMosquitto()
  onTestFinished(() => broker.stop())
  const desk = await openDesk(broker.url, 'bus-12')
  onTestFinished(() => desk.close())
  const { started } = await run(folder, { enabled: true, fromLevel: 4 }, broker.url)
  await started.says(/Watching /, 60_000)
  await until(
    () => desk.newest('status')?.status === 'online',
    () => started.log(),
    30_000,
  )
  const told = await desk.ask('command/snapshot')
  expect(told).toMatchObject({ ok: true, data: { evidence: expect.stringMatching(/^[0-9a-f-]{36}$/) } })
  expect(JSON.stringify(told).length).toBeLessThan(500)
  const shown = kantukd(['evidence', 'show', String(told.data?.evidence), '-c', join(folder, 'kantukd.yaml')])
  expect(shown).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/snapshot, 1 picture, \d+ kB; .*not encrypted, simulated\n {2}\+0\.0 s/),
  })
  expect(await desk.ask('command/snapshot')).toMatchObject({ ok: false, error: { code: 'too-soon' } })
}, 120_000)
