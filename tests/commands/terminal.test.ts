/** The daemon started by hand in a terminal that is then closed: it ends, and does not read its configuration anew for ever. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { drawnDriver } from '../drawn-driver.js'
import { until } from '../fleet/harness.js'
import { scratch, writeConfig } from './program.js'

const SCRIPT = '/usr/bin/script'
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

it.skipIf(!existsSync(SCRIPT))('the daemon ends with its terminal, and SIGHUP alone does not end it', { timeout: 180_000 }, async () => {
  const folder = scratch()
  const config = writeConfig(folder, {
    camera: { kind: 'file', file: { path: drawnDriver, loop: true } },
    alarm: { output: 'console' },
    state: { dir: folder },
  })
  const command = `exec ${process.execPath} ${cli} run --simulated -c ${config}`
  // util-linux' script: a terminal of its own, closed when it is killed.
  const terminal = spawn(SCRIPT, ['--quiet', '--flush', '--command', command, path.join(folder, 'typescript')], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, SHELL: '/bin/sh' },
  })
  let said = ''
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const says = (what: string) =>
    until(
      () => said.includes(what),
      () => said,
      60_000,
    )
  await says('Watching ')
  const [daemon] = childrenOf(terminal.pid ?? 0)
  if (daemon === undefined) throw new Error('there is no daemon')
  process.kill(daemon, 'SIGHUP')
  await says('is what is in force already')
  const [eyes] = childrenOf(daemon)
  terminal.kill('SIGKILL')
  await until(
    () => !existsSync(`/proc/${daemon}`) && !existsSync(`/proc/${eyes}`),
    () => 'it still runs',
    15_000,
  )
  expect(existsSync(path.join(folder, 'control.sock'))).toBe(false)
})
