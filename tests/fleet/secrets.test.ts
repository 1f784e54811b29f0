/** Nothing secret reaches the log, whatever goes wrong and however closely one looks. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { makeCertificates } from './certificates.js'
import { rig, until } from './harness.js'
import { type Certificates, type Options, startMosquitto } from './mosquitto.js'

const PASSWORD = 'hunter2-gr ün'

const folder = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'kantuk-secret-'))
  onTestFinished(() => rm(made, { recursive: true }))
  return made
}
const certificates = async () => {
  const made = await makeCertificates()
  onTestFinished(() => rm(dirname(made.caFile), { recursive: true }))
  return made
}
const broker = async (options: Options) => {
  const started = await startMosquitto(options)
  onTestFinished(started.stop)
  return started
}

it.each<[string, (tls: Certificates) => Options, boolean]>([
  ['all is well', (tls) => ({ tls, login: { username: 'bus', password: PASSWORD } }), true],
  ['the password is wrong', (tls) => ({ tls, login: { username: 'bus', password: 'another' } }), false],
  ['the broker has no TLS', () => ({ login: { username: 'bus', password: PASSWORD } }), false],
])('the log holds neither password nor key when %s', async (_, options, isWell) => {
  const tls = await certificates()
  const { port } = await broker({ ...options(tls) })
  const passwordFile = join(await folder(), 'password')
  await writeFile(passwordFile, `${PASSWORD}\n`)
  const bus = rig({ url: `mqtts://localhost:${port}`, username: 'bus', passwordFile, ...tls })
  onTestFinished(bus.fleet.close)
  await until(
    () => (isWell ? bus.states.at(-1)?.state === 'connected' : bus.states.length >= 3),
    () => bus.said().join('\n'),
  )
  await bus.fleet.close()
  const log = JSON.stringify(bus.lines)
  expect(bus.lines.length).toBeGreaterThan(0)
  expect(log).not.toContain('hunter2')
  const key = (await readFile(tls.keyFile, 'utf8')).split('\n')[1] ?? ''
  expect(key.length).toBeGreaterThan(20)
  expect(log).not.toContain(key)
})
