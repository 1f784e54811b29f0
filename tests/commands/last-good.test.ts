/** A bad configuration at the start: under systemd the last good one is in force and says so; at a desk it is an error. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFallback } from '../../daemon/commands/fallback.js'
import { loadConfig } from '../../daemon/config/index.js'
import { drawnDriver } from '../drawn-driver.js'
import { kantukd, scratch, start, writeConfig } from './program.js'

const good = { camera: { kind: 'file', file: { path: drawnDriver, loop: true } }, alarm: { output: 'console' }, log: { format: 'json' } }

/** A folder as systemd gives it, with a configuration that once ran in it. */
const service = () => {
  const state = scratch()
  vi.stubEnv('STATE_DIRECTORY', state)
  const file = writeConfig(scratch(), good)
  return { file, kept: path.join(state, 'last-good.yaml') }
}
afterEach(() => void vi.unstubAllEnvs())

describe('the last good configuration', () => {
  it('is kept once it has run, and found when the file is broken', async () => {
    const { file, kept } = service()
    const fallback = createFallback(file)
    await fallback.proven(loadConfig(file).config)
    expect(readFileSync(kept, 'utf8')).toBe(readFileSync(file, 'utf8'))
    expect(fallback.find()).toBeNull()
    writeFileSync(file, 'camera: {kind: usbb}\n')
    expect(fallback.find()?.config.camera.file.path).toBe(drawnDriver)
  })

  it('is not a file that was edited while the daemon ran with another', async () => {
    const { file, kept } = service()
    const fallback = createFallback(file)
    const ran = loadConfig(file).config
    writeFileSync(file, 'vehicle: {id: edited}\n')
    await fallback.proven(ran)
    expect(() => readFileSync(kept)).toThrow('ENOENT')
  })

  it.each([
    ['empty', '', /is empty, as a power cut leaves it$/],
    ['blank', '\n\n', /is empty/],
    ['cut off', 'half', /breaks off where the last good configuration goes on/],
    ['whole', 'whole', null],
    ['shorter, and not its beginning', 'vehicle: {id: a}\n', null],
    ['longer', 'longer', null],
  ])('tells a file that a power cut left behind from an edit: %s', async (_, kind, why) => {
    const { file } = service()
    const fallback = createFallback(file)
    await fallback.proven(loadConfig(file).config)
    const text = readFileSync(file, 'utf8')
    const others: Record<string, string> = { half: text.slice(0, text.length / 2), whole: text, longer: `${text}vehicle: {id: a}\n` }
    writeFileSync(file, others[kind] ?? kind)
    if (why === null) expect(fallback.cutOff()).toBeNull()
    else expect(fallback.cutOff()).toMatch(why)
  })

  it('takes an empty file for what it is where none was kept', () => {
    const { file } = service()
    writeFileSync(file, '')
    expect(createFallback(file).cutOff()).toBeNull()
  })

  it('is none where it is itself no longer valid', () => {
    const { file, kept } = service()
    writeFileSync(kept, 'camera: {kind: what-an-older-version-knew}\n')
    writeFileSync(file, 'camera: {kind: usbb}\n')
    expect(createFallback(file).find()).toBeNull()
  })
})

describe('run', () => {
  it('with a broken file is in force with the last good one, and says loudly what is wrong', async () => {
    const { file, kept } = service()
    writeFileSync(kept, readFileSync(file))
    writeFileSync(file, 'camera:\n  kind: usbb\n')
    const daemon = start(['run', '--simulated', '-c', file])
    await daemon.says(/the last good one is in force: .*:2:9: error\[not-a-choice\]/)
    await daemon.says(/Watching /)
    daemon.kill('SIGTERM')
    expect((await daemon.ended()).code).toBe(0)
  })

  it('with a file that a power cut emptied is in force with the last good one, and keeps that', async () => {
    const { file, kept } = service()
    writeFileSync(kept, readFileSync(file))
    writeFileSync(file, '')
    const daemon = start(['run', '--simulated', '-c', file])
    await daemon.says(/the last good one is in force: .* is empty, as a power cut leaves it/)
    await daemon.says(/Watching /)
    daemon.kill('SIGTERM')
    expect((await daemon.ended()).code).toBe(0)
    expect(readFileSync(kept, 'utf8')).not.toBe('')
  })

  it('with a chip that this board has not is in force with the last good one too', async () => {
    const { file, kept } = service()
    writeFileSync(kept, readFileSync(file))
    writeConfig(path.dirname(file), { ...good, alarm: { output: 'gpio', buzzer: { chip: 'no-such-chip' } } })
    const daemon = start(['run', '--simulated', '-c', file])
    await daemon.says(/does not start with .*, and the last good configuration is in force: /)
    await daemon.says(/Watching /)
    daemon.kill('SIGTERM')
    expect((await daemon.ended()).code).toBe(0)
  })

  it('with a chip that this board has not, and no other to go by, watches all the same, and says what is missing', async () => {
    const { file } = service()
    writeConfig(path.dirname(file), { ...good, alarm: { output: 'gpio', buzzer: { chip: 'no-such-chip' }, led: { chip: 'nor-such' } } })
    const daemon = start(['run', '--simulated', '-c', file])
    await daemon.says(/The watch goes on without it, .*\[gpio-/)
    await daemon.says(/Watching /)
    await daemon.says(/microsleep \(level 2/)
    daemon.kill('SIGTERM')
    expect((await daemon.ended()).code).toBe(0)
  })

  it.each([
    ['an eye-state model', { classifier: { model: '/nowhere/eyes.onnx' } }, /\/nowhere\/eyes\.onnx/],
    ['a folder of face detectors', { locate: { modelsDir: '/nowhere/models' } }, /\/nowhere\/models/],
  ])('with %s that is not there, and no other to go by, watches with the shipped ones, and says so', async (_, missing, named) => {
    const { file, kept } = service()
    writeConfig(path.dirname(file), { ...good, ...missing })
    writeFileSync(kept, readFileSync(file))
    const daemon = start(['run', '--simulated', '-c', file])
    await daemon.says(/shipped models are taken in their place: .*error\[no-such-file\]/)
    await daemon.says(/Watching /)
    expect((await daemon.says(/A shipped model is in use.*\[model-fallback\].*/))[0]).toMatch(named)
    daemon.kill('SIGTERM')
    expect((await daemon.ended()).code).toBe(0)
  })

  it('with a GPU that is not there watches on the CPU, and says so', async () => {
    const { file } = service()
    writeConfig(path.dirname(file), { ...good, classifier: { provider: 'cuda' } })
    const daemon = start(['run', '--simulated', '-c', file])
    await daemon.says(/Watching /)
    await daemon.says(/runs on the CPU in place of classifier\.provider: .*with cuda here.*\[provider-fallback\]/)
    await daemon.says(/microsleep \(level 2/)
    daemon.kill('SIGTERM')
    expect((await daemon.ended()).code).toBe(0)
  })

  it('at a desk a model that is not there is an error', async () => {
    const file = writeConfig(scratch(), { ...good, classifier: { model: '/nowhere/eyes.onnx' } })
    expect(kantukd(['run', '--simulated', '-c', file])).toMatchObject({ code: 2, stderr: expect.stringContaining('error[no-such-file]') })
  })

  it('at a desk a line that cannot be had is an error', async () => {
    const file = writeConfig(scratch(), { ...good, alarm: { output: 'gpio', buzzer: { chip: 'no-such-chip' } } })
    const daemon = start(['run', '--simulated', '-c', file])
    expect((await daemon.ended(15_000)).code).not.toBe(0)
  })

  it('without a state folder ends with every finding and exit code 2', () => {
    const file = writeConfig(scratch(), { camera: { kind: 'usbb' } })
    const { code, stderr } = kantukd(['run', '-c', file])
    expect([code, stderr]).toEqual([2, expect.stringContaining('error[not-a-choice]')])
  })

  it('check-config knows no last good one', () => {
    const { file, kept } = service()
    mkdirSync(path.dirname(kept), { recursive: true })
    writeFileSync(kept, readFileSync(file))
    writeFileSync(file, 'camera:\n  kind: usbb\n')
    expect(kantukd(['check-config', file]).code).toBe(2)
  })
})
