/** The real daemon on the drawn driver, in the alarm. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { drawnDriver } from '../../drawn-driver.js'

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url))

export type Alarmed = { child: ChildProcess; ended: Promise<unknown> /** Its configuration. */; config: string; log(): string }

/** Runs until sleep has been judged and the tone is unbroken. @param env besides this process's own */
export async function alarmed(env: NodeJS.ProcessEnv = {}): Promise<Alarmed> {
  const config = join(mkdtempSync(join(tmpdir(), 'kantukd-gpio-')), 'kantukd.yaml')
  writeFileSync(config, `camera: {kind: file, file: {path: ${drawnDriver}, loop: true}}\nlog: {format: json}\n`)
  const child = spawn(process.execPath, [cli, 'run', '--simulated', '-c', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  })
  const ended = once(child, 'exit')
  let log = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  for (let waitedMs = 0; !log.includes('sleep (level 3'); waitedMs += 20) {
    if (waitedMs > 60_000) throw new Error(`no alarm: ${log}`)
    await sleep(20)
  }
  return { child, ended, config, log: () => log }
}
