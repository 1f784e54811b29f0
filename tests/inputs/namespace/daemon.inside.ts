/** The real daemon, all of it on GPIO: the alarm sounds, the ignition goes off, and after the power hold everything is off. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { BUZZER, isOn, LED } from '../../alarm/namespace/tree.js'
import { drawnDriver } from '../../drawn-driver.js'
import { until } from '../../fleet/harness.js'
import { putChangingLines } from './lines.js'

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url))

it('ends with exit code 0, buzzer and light off, when the ignition has been off for powerHoldSeconds', async () => {
  const [, ignition] = putChangingLines()
  ignition.set(1)
  const config = join(mkdtempSync(join(tmpdir(), 'kantukd-inputs-')), 'kantukd.yaml')
  writeFileSync(
    config,
    `camera: {kind: file, file: {path: ${drawnDriver}, loop: true}}
ignition: {kind: gpio, powerHoldSeconds: 5, gpio: {line: 6, activeLow: false, debounceMs: 50}}
log: {format: json}
`,
  )
  const child = spawn(process.execPath, [cli, 'run', '--simulated', '-c', config], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  const says = (words: string) =>
    until(
      () => log.includes(words),
      () => log,
      90_000,
    )
  await says('A trip begins')
  await says('sleep (level 3')
  ignition.set(0)
  await says('A trip ends')
  expect(await ended).toEqual([0, null])
  expect([isOn(BUZZER), isOn(LED)]).toEqual([false, false])
  expect(log).toContain('kantukd stops on the ignition, which has been off for 5 s.')
})
