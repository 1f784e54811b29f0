/** The real daemon on the drawn driver, who falls asleep: what it keeps of that, and what it does not. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { decode } from '../../daemon/evidence/record.js'
import { readPicture } from '../../daemon/vision/pictures.js'
import { freePort } from '../../scripts/lab/free-port.js'
import { type Running, scratch, start, writeConfig } from '../commands/program.js'
import { drawnDriver } from '../drawn-driver.js'
import { until } from '../fleet/harness.js'
import { newKey } from './samples.js'

let daemon: Running | null = null
afterEach(async () => {
  daemon?.kill('SIGTERM')
  await daemon?.ended()
  daemon = null
})

/** Runs it with this section `evidence`. */
async function run(folder: string, evidence: object) {
  const port = await freePort()
  const config = writeConfig(folder, {
    camera: { kind: 'file', file: { path: drawnDriver, loop: true } },
    alarm: { output: 'console' },
    fleet: { url: 'mqtt://127.0.0.1:1' },
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
function sizeOf(jpeg: Buffer): { width: number; height: number } {
  const file = join(scratch(), 'picture.jpg')
  writeFileSync(file, jpeg)
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
    for (const { jpeg } of pictures) expect(sizeOf(jpeg)).toEqual({ width: 480, height: 360 })
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
    ['a key that is none', { keyFile: 'not-a-key' }, /not-a-key is not 64 hexadecimal digits/],
    ['a key that is not there', { keyFile: 'nowhere' }, /nowhere cannot be read \(ENOENT\)/],
    ['a folder that is a file', { dir: 'not-a-key' }, /EEXIST|ENOTDIR/],
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
