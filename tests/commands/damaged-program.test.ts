/** The program with a part of its own damaged, as a worn-out card leaves it: the daemon stays and tells, whatever it looks at. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { drawnDriver } from '../drawn-driver.js'
import { type Running, scratch, start, writeConfig } from './program.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

let running: Running | null = null
afterEach(() => running?.kill('SIGKILL'))

/** The program again, one byte of one of its files another. @returns its command line */
function damagedProgram(file: string): string {
  const copy = path.join(scratch(), 'program')
  mkdirSync(copy)
  for (const part of ['dist', 'models', 'package.json', 'config']) cpSync(path.join(root, part), path.join(copy, part), { recursive: true })
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'))
  const damaged = path.join(copy, file)
  const bytes = readFileSync(damaged)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  writeFileSync(damaged, bytes)
  return path.join(copy, 'dist/cli.js')
}

it.each([
  ['models/eye-state.onnx', 'model-damaged'],
  ['models/blazeface-full-gray.onnx', 'locator-model-damaged'],
])('%s: a recording is not given up either, and the fleet is told %s', async (file, code) => {
  const config = writeConfig(scratch(), {
    camera: { kind: 'file', file: { path: drawnDriver, loop: true } },
    alarm: { output: 'console' },
    log: { format: 'json' },
  })
  const daemon = start(['run', '-c', config, '--simulated'], damagedProgram(file))
  running = daemon
  await daemon.says(new RegExp(`Vision is down, .*\\[${code}\\]`))
  await daemon.says(/Nobody is watched until the program is mended: .*\[eyes-unusable\]/)
  await daemon.says(/camera-unavailable \(level 1/)
  expect(daemon.log()).toContain('BUZZER on')
  daemon.kill('SIGTERM')
  expect((await daemon.ended()).code).toBe(0)
})
