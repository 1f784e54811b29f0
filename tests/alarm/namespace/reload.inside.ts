/** The real daemon on real onoff: lines that are changed while it runs. */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Running, scratch, start, writeConfig } from '../../commands/program.js'
import { drawnDriver } from '../../drawn-driver.js'
import { until } from '../../fleet/harness.js'
import { BUZZER, isOn, LED, putLine, putTree } from './tree.js'

// Line 22 of the first chip.
const OTHER = 534

let running: Running | null = null
beforeEach(() => {
  putTree()
  putLine(OTHER)
})
afterEach(async () => {
  running?.kill('SIGTERM')
  await running?.ended()
})

/** The daemon, watching; `edit` has it read its configuration anew. */
async function drive() {
  const camera = { kind: 'file', file: { path: drawnDriver, loop: true } }
  const file = writeConfig(scratch(), { camera, alarm: { led: { line: 27 } }, log: { format: 'json' } })
  const daemon = start(['run', '--simulated', '-c', file])
  running = daemon
  await daemon.says(/Watching /, 60_000)
  const edit = (line: number) => {
    writeFileSync(file, readFileSync(file, 'utf8').replace(/line: \d+/, `line: ${line}`))
    daemon.kill('SIGHUP')
  }
  const lit = (number: number) =>
    until(
      () => isOn(BUZZER) && isOn(number),
      () => daemon.log(),
      60_000,
    )
  return { daemon, edit, lit }
}

it('the light on another line warns there, and the line before is off', async () => {
  const { daemon, edit, lit } = await drive()
  edit(22)
  await daemon.says(/alarm\.led\.line changed; begun anew: the lines of the alarm/, 60_000)
  await lit(OTHER)
  expect(isOn(LED)).toBe(false)
})

it('the light on a line that is not there is refused, and the one before warns as it did', async () => {
  const { daemon, edit, lit } = await drive()
  edit(400)
  await daemon.says(/cannot be put into force, and what was in force goes on .*400/, 60_000)
  await lit(LED)
})
