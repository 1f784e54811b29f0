/** The real daemon on a disk that takes nothing: it warns the driver all the same, and says what is wrong until it is over. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { mountDisk } from '../../../scripts/chaos/fleet/disk.js'
import { startService } from '../../../scripts/chaos/road/service.js'
import { freePort } from '../../../scripts/lab/free-port.js'
import { fillDisk } from '../../../scripts/lab/full-disk.js'
import { drawnDriver } from '../../drawn-driver.js'
import { until } from '../../fleet/harness.js'
import { BUZZER, isOn, putTree } from './tree.js'

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url))
const DISK_BYTES = 4 << 20

beforeEach(putTree)

/** What makes the disk of the state folder refuse. @returns how it is mended */
const ways: Record<string, (folder: string) => () => void> = {
  full: (folder) => fillDisk(folder, DISK_BYTES),
  'read-only': (folder) => {
    execFileSync('mount', ['-o', 'remount,ro', folder])
    return () => execFileSync('mount', ['-o', 'remount,rw', folder])
  },
}

it.each(Object.entries(ways))('%s', async (_, refuse) => {
  const folder = mkdtempSync(join(tmpdir(), 'kantukd-disk-'))
  const state = join(folder, 'state')
  mkdirSync(state)
  const unmount = mountDisk(state, DISK_BYTES)
  const mend = refuse(state)
  const port = await freePort()
  const config = join(folder, 'kantukd.yaml')
  writeFileSync(
    config,
    `camera: {kind: file, file: {path: ${drawnDriver}, loop: true}}\ngpio: {backend: sysfs}\nfleet: {url: 'mqtt://127.0.0.1:1'}\nhealth: {port: ${port}}\nlog: {format: json}\n`,
  )
  const program = [process.execPath, cli, 'run', '--simulated', '-c', config]
  const service = startService(program, { ...process.env, STATE_DIRECTORY: state })
  onTestFinished(async () => {
    await service.stop()
    unmount()
  })
  const log = () => service.said.map(({ message }) => message).join('\n')
  const health = async (): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}/healthz`)).json()

  await until(() => isOn(BUZZER) && log().includes('microsleep (level 2'), log, 60_000)
  expect(log()).toMatch(/outbox .*outbox\.sqlite cannot be written .*Is the disk full or read-only\?/)
  expect(service.said.filter(({ message }) => message.includes('cannot be noted in'))).toHaveLength(1)
  expect(await health()).toMatchObject({ isWatching: true, isAdvancing: true, conditions: ['disk-refuses'] })
  mend()
  await until(() => /can be written again; \d+ messages? held in memory went there/.test(log()), log, 60_000)
  expect(await health()).toMatchObject({ isWatching: true, conditions: [] })
})
