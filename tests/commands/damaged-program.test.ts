/** The program with a part of its own damaged, as a worn-out card leaves it: the daemon stays and tells, whatever it looks at. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { drawnDriver } from '../drawn-driver.js'
import { type Running, scratch, start, writeConfig } from './program.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

let running: Running | null = null
afterEach(() => running?.kill('SIGKILL'))

const damage = (file: string): void => {
  const bytes = readFileSync(file)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

/** The program again, and something done to one of its files. @returns its command line */
function programWith(file: string, deed: (file: string) => void): string {
  const copy = path.join(scratch(), 'program')
  mkdirSync(copy)
  for (const part of ['dist', 'models', 'package.json', 'config']) cpSync(path.join(root, part), path.join(copy, part), { recursive: true })
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'))
  deed(path.join(copy, file))
  return path.join(copy, 'dist/cli.js')
}

/** As one who makes the sums fit. */
const damageWithItsSum = (file: string): void => {
  damage(file)
  rmSync(`${file}.sha256`)
}

it.each([
  ['models/eye-state.onnx', 'damaged, its sum gone', 'model-damaged', damageWithItsSum],
  ['models/eye-state.onnx', 'damaged', 'model-damaged', damage],
  ['models/blazeface-full-gray.onnx', 'damaged', 'locator-model-damaged', damage],
  ['models/eye-state.onnx', 'gone', 'model-missing', rmSync],
  ['models/blazeface-full-gray.onnx', 'gone', 'locator-model-missing', rmSync],
] as const)('%s is %s: a recording is not given up either, and the fleet is told %s', async (file, _, code, deed) => {
  const config = writeConfig(scratch(), {
    camera: { kind: 'file', file: { path: drawnDriver, loop: true } },
    alarm: { output: 'console' },
    log: { format: 'json' },
  })
  const daemon = start(['run', '-c', config, '--simulated'], programWith(file, deed))
  running = daemon
  await daemon.says(new RegExp(`Vision is down, .*\\[${code}\\]`))
  await daemon.says(/Nobody is watched until the program is mended: .*\[eyes-unusable\]/)
  await daemon.says(/camera-unavailable \(level 1/)
  expect(daemon.log()).toContain('BUZZER on')
  daemon.kill('SIGTERM')
  expect((await daemon.ended()).code).toBe(0)
})
