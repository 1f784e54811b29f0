/** The real daemon at its most talkative: nothing that it says, in the log or to the fleet, holds a password or a key. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { drawnDriver } from '../drawn-driver.js'
import { makeCertificates } from '../fleet/certificates.js'
import { startMosquitto } from '../fleet/mosquitto.js'
import { subscribe } from '../fleet/subscriber.js'
import { start, writeConfig } from './program.js'

const RIGHT = 'hunter2-gr ün'
const WRONG = 'letmein-99'

it('at log level trace, with a wrong password, then the right one and TLS both ways, no secret is in the log nor on any topic', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const tls = await makeCertificates()
  onTestFinished(() => rmSync(path.dirname(tls.caFile), { recursive: true }))
  const login = { username: 'bus', password: RIGHT }
  const broker = await startMosquitto({ tls, login, clientCertificates: true })
  onTestFinished(broker.stop)
  const keys = ['--cafile', tls.caFile, '--cert', tls.certFile, '--key', tls.keyFile]
  const fleet = await subscribe(broker.port, [...keys, '-u', 'bus', '-P', RIGHT])
  onTestFinished(fleet.stop)
  const passwordFile = path.join(folder, 'password')
  writeFileSync(passwordFile, `${WRONG}\n`)
  const { caFile, certFile, keyFile } = tls
  const config = writeConfig(folder, {
    vehicle: { fleet: 'test', id: 'bus-12' },
    camera: { kind: 'file', file: { path: drawnDriver, loop: true } },
    alarm: { output: 'console' },
    state: { dir: folder },
    fleet: { url: broker.url, username: 'bus', passwordFile, caFile, certFile, keyFile, heartbeat: '* * * * * *' },
    log: { format: 'json', level: 'trace' },
  })
  const daemon = start(['run', '-c', config, '--simulated'])
  onTestFinished(() => daemon.kill('SIGKILL'))
  await daemon.says(/refuses the login/, 30_000)
  writeFileSync(passwordFile, `${RIGHT}\n`)
  await fleet.on('health', 2, 30_000)
  await fleet.on('alert', 1, 30_000)
  daemon.kill('SIGTERM')
  await daemon.ended()
  const said = daemon.log() + JSON.stringify(fleet.received)
  expect(fleet.received.map(({ topic }) => topic)).toContain('kantuk/test/bus-12/config')
  expect(said).toContain(passwordFile)
  for (const secret of ['hunter2', 'letmein', ...keyLines(keyFile)]) expect(said).not.toContain(secret)
})

/** The lines between head and foot of a PEM file. */
const keyLines = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.length > 20 && !line.startsWith('-----'))
