/** Logins and certificates, right and wrong, against Debian's Mosquitto. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificates } from './certificates.js'
import { type Rig, rig, until } from './harness.js'
import { type Certificates, type Mosquitto, type Options, startMosquitto } from './mosquitto.js'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const broker = async (options: Options): Promise<Mosquitto> => {
  const started = await startMosquitto(options)
  cleanups.push(started.stop)
  return started
}
const vehicle = (...parameters: Parameters<typeof rig>): Rig => {
  const started = rig(...parameters)
  cleanups.push(started.fleet.close)
  return started
}
const fileWith = async (content: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'kantuk-secret-'))
  cleanups.push(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'secret'), content)
  return join(folder, 'secret')
}
/** The one sentence of a connection that fails, after several tries. */
const complaint = async (bus: Rig): Promise<string> => {
  await until(
    () => bus.states.length >= 3,
    () => bus.said().join('\n'),
  )
  const warnings = bus.warnings()
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).not.toMatch(/\n|\bat .*\.[jt]s:/)
  return warnings[0] ?? ''
}

describe('a login', () => {
  const login = { username: 'bus', password: 'gr ün-7' }

  it('is made with the password in the file, without the end of its line', async () => {
    const { url } = await broker({ login })
    await vehicle({ url, username: 'bus', passwordFile: await fileWith('gr ün-7\n') }).connected()
  })

  it('with a wrong password is named, and the password is not', async () => {
    const { url } = await broker({ login })
    const said = await complaint(vehicle({ url, username: 'bus', passwordFile: await fileWith('wrong-secret') }))
    expect(said).toMatch(/refuses the login .* check fleet.username and what is in fleet.passwordFile/)
    expect(said).not.toContain('wrong-secret')
  })

  it('works as soon as the file is put right, without a restart', async () => {
    const { url } = await broker({ login })
    const passwordFile = await fileWith('wrong')
    const bus = vehicle({ url, username: 'bus', passwordFile })
    await complaint(bus)
    await writeFile(passwordFile, 'gr ün-7\n')
    await bus.connected()
  })

  it.each([
    ['is missing', async () => '/nowhere/secret', 'fleet.passwordFile "/nowhere/secret" cannot be read (ENOENT)'],
    ['is empty', () => fileWith(''), 'is empty'],
  ])('whose file %s is named with the file', async (_what, file, message) => {
    const { url } = await broker({ login })
    expect(await complaint(vehicle({ url, username: 'bus', passwordFile: await file() }))).toContain(message)
  })
})

describe('TLS', () => {
  let tls: Certificates
  let other: Certificates
  beforeAll(async () => {
    tls = await makeCertificates()
    other = await makeCertificates('broker.example')
  })
  afterAll(async () => {
    for (const { caFile } of [tls, other]) await rm(dirname(caFile), { recursive: true })
  })

  it('connects when the authority is given', async () => {
    const { url } = await broker({ tls })
    const bus = vehicle({ url, caFile: tls.caFile })
    await bus.connected()
    expect(bus.warnings()).toEqual([])
  })

  it('connects with a certificate of its own where the broker asks for one', async () => {
    const { url } = await broker({ tls, clientCertificates: true })
    await vehicle({ url, ...tls }).connected()
  })

  it('connects to a broker known by another name when that name is given', async () => {
    const { url } = await broker({ tls: other })
    await vehicle({ url, caFile: other.caFile, servername: 'broker.example' }).connected()
  })

  it.each([
    ['an authority nobody gave', () => ({ url: 'mqtts', server: tls, client: {} }), /certificate .* is not trusted .* set fleet.caFile/],
    [
      'another authority',
      () => ({ url: 'mqtts', server: tls, client: { caFile: other.caFile } }),
      /certificate .* is not trusted .* set fleet.caFile/,
    ],
    [
      'another name',
      () => ({ url: 'mqtts', server: other, client: { caFile: other.caFile } }),
      /is for another name .* use that name in fleet.url/,
    ],
    [
      'no certificate of our own',
      () => ({ url: 'mqtts', server: tls, client: { caFile: tls.caFile }, clientCertificates: true }),
      /fleet.certFile/,
    ],
    [
      'a key that is none',
      () => ({ url: 'mqtts', server: tls, client: { ...tls, keyFile: tls.certFile } }),
      /fleet\.keyFile .* holds no private key/,
    ],
    [
      'an authority file that is none',
      () => ({ url: 'mqtts', server: tls, client: { caFile: '/etc/hostname' } }),
      /fleet\.caFile .* no certificate/,
    ],
    [
      'plain MQTT on a TLS port',
      () => ({ url: 'mqtt', server: tls, client: {} }),
      /hangs up without an answer: .* does it want TLS \(mqtts:\/\/\)/,
    ],
  ])('names %s', async (_what, make, sentence) => {
    const { url, server, client, ...more } = make()
    const { port } = await broker({ tls: server, ...more })
    const said = await complaint(vehicle({ url: `${url}://localhost:${port}`, ...client }))
    expect(said).toMatch(sentence)
  })

  it('names TLS on a plain port', async () => {
    const { port } = await broker({})
    expect(await complaint(vehicle({ url: `mqtts://localhost:${port}`, caFile: tls.caFile }))).toMatch(/TLS/)
  })
})

describe('a broker that cannot be found', () => {
  it('is named with its name', async () => {
    const said = await complaint(vehicle({ url: 'mqtt://broker.invalid:1883' }))
    expect(said).toMatch(/name in mqtt:\/\/broker.invalid:1883 cannot be resolved .* fleet.url/)
  })
})
