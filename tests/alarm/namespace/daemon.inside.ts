/** The real daemon on the drawn driver: the line goes up with the alarm, and down on every way out. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import { drawnDriver } from '../../drawn-driver.js'
import { until } from '../../fleet/harness.js'
import { BUZZER, isOn, LED, putTree } from './tree.js'

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url))
const onOff = (): boolean[] => [isOn(BUZZER), isOn(LED)]

beforeEach(putTree)

/** Runs until sleep has been judged and the tone is unbroken. */
async function alarmed(): Promise<{ child: ChildProcess; ended: Promise<unknown> }> {
  const config = join(mkdtempSync(join(tmpdir(), 'kantukd-gpio-')), 'kantukd.yaml')
  writeFileSync(config, `camera: {kind: file, file: {path: ${drawnDriver}, loop: true}}\nlog: {format: json}\n`)
  const child = spawn(process.execPath, [cli, 'run', '--simulated', '-c', config], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  let log = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  for (let waitedMs = 0; !log.includes('sleep (level 3'); waitedMs += 20) {
    if (waitedMs > 60_000) throw new Error(`no alarm: ${log}`)
    await sleep(20)
  }
  return { child, ended }
}

describe('the daemon', () => {
  it.each([
    ['SIGTERM', 1],
    ['SIGTERM', 2],
    ['SIGQUIT', 1],
  ] as const)('has buzzer and light on in the alarm, and off after %s sent %i times', async (signal, times) => {
    const { child, ended } = await alarmed()
    expect(onOff()).toEqual([true, true])
    for (let sent = 0; sent < times; sent++) {
      child.kill(signal)
      await sleep(20)
    }
    expect((await ended) ?? []).toEqual([0, null])
    expect(onOff()).toEqual([false, false])
  })

  it('has them off within 2 s after SIGKILL, with nobody but the keepers of the lines to do it', async () => {
    const { child, ended } = await alarmed()
    expect(onOff()).toEqual([true, true])
    child.kill('SIGKILL')
    await ended
    await until(
      () => !isOn(BUZZER) && !isOn(LED),
      () => `still ${onOff()}`,
      2000,
    )
  })
})
