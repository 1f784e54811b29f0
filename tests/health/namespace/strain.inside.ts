/** The real daemon on a board that gets hot, and cools down: what is left out meanwhile, and that the driver is warned all the same. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { twoFreePorts } from '../../../scripts/lab/free-port.js'
import { kantukd, scratch, start, writeConfig } from '../../commands/program.js'
import { drawnDriver } from '../../drawn-driver.js'
import { until } from '../../fleet/harness.js'

const THERMAL = '/sys/class/thermal'

/** A thermometer as the kernel shows it; `celsius` sets it. */
function putThermometer(): (celsius: number) => void {
  if (existsSync(THERMAL)) execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', THERMAL])
  mkdirSync(`${THERMAL}/thermal_zone0`, { recursive: true })
  return (celsius) => writeFileSync(`${THERMAL}/thermal_zone0/temp`, `${celsius * 1000}\n`)
}

it('hot: aim page closed with a word, evidence paused, both said in health; the buzzer sounds; a minute after it has cooled down all is back', async () => {
  const setCelsius = putThermometer()
  setCelsius(60)
  const folder = scratch()
  const [port, aimPort] = await twoFreePorts()
  const config = writeConfig(folder, {
    camera: { kind: 'file', file: { path: drawnDriver, loop: true } },
    alarm: { output: 'console' },
    fleet: { url: 'mqtt://127.0.0.1:1' },
    state: { dir: folder },
    health: { port },
    aim: { address: '127.0.0.1', port: aimPort },
    evidence: { enabled: true },
    log: { format: 'json' },
  })
  const daemon = start(['run', '--simulated', '-c', config])
  onTestFinished(async () => {
    daemon.kill('SIGTERM')
    await daemon.ended()
  })
  const health = async (): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}/healthz`)).json()
  const aim = () => kantukd(['aim', '-c', config, '--json', '--simulated'])
  const isOpen = () =>
    fetch(`http://127.0.0.1:${aimPort}/`).then(
      () => true,
      () => false,
    )
  const kept = () => readdirSync(join(folder, 'evidence')).filter((name) => name.endsWith('.evidence')).length

  await daemon.says(/Watching /, 60_000)
  expect(aim().code).toBe(0)
  expect([await isOpen(), await health()]).toEqual([true, expect.objectContaining({ evidence: 'on', conditions: [] })])

  setCelsius(85)
  await daemon.says(/The processor is hot: frames are fewer, and aim page, evidence and summaries wait, until it is cool\./)
  await daemon.says(/The aim page is closed: the machine is under strain, and the watch goes first\./)
  await daemon.says(/Evidence is paused: no pictures are kept\./)
  expect([await isOpen(), await health()]).toEqual([
    false,
    expect.objectContaining({ isWatching: true, evidence: 'paused', conditions: ['hot'] }),
  ])
  expect(aim()).toMatchObject({ code: 2, stderr: expect.stringMatching(/hot, short of power or of memory, and the aim page waits/) })
  // What was under way was kept with the pause.
  const before = kept()
  const told = daemon.log().length
  await until(
    () => /BUZZER on[\s\S]*microsleep \(level 2/.test(daemon.log().slice(told)),
    () => daemon.log(),
    60_000,
  )

  setCelsius(60)
  const cooledMs = Date.now()
  await daemon.says(/Evidence is on again\./, 90_000)
  expect(Date.now() - cooledMs).toBeGreaterThan(55_000)
  expect(kept()).toBe(before)
  expect(daemon.log()).toMatch(/The processor is cool again\./)
  expect([aim().code, await isOpen(), await health()]).toEqual([0, true, expect.objectContaining({ evidence: 'on', conditions: [] })])
})
