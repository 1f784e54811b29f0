/** `kantukd doctor` with each part broken in turn: the right line fails, and the cure is right. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type DoctorCode, doctorCodes } from '../../daemon/doctor/types.js'
import { drawnDriver } from '../drawn-driver.js'
import { makeCertificates } from '../fleet/certificates.js'
import { type Mosquitto, startMosquitto } from '../fleet/mosquitto.js'
import { kantukd, scratch, writeConfig } from './program.js'

const diagnosis = z.strictObject({
  check: z.string(),
  status: z.enum(['pass', 'warn', 'fail']),
  code: z.enum(doctorCodes).nullable(),
  message: z.string(),
  cure: z.string().nullable(),
})
type Diagnosis = z.infer<typeof diagnosis>

const folder = scratch()
let broker: Mosquitto
let tls: Mosquitto
beforeAll(async () => {
  broker = await startMosquitto({ login: { username: 'bus', password: 'right' } })
  tls = await startMosquitto({ tls: await makeCertificates() })
  writeFileSync(path.join(folder, 'right'), 'right\n')
  writeFileSync(path.join(folder, 'wrong'), 'hunter2\n')
  writeFileSync(path.join(folder, 'broken.onnx'), 'no model')
  mkdirSync(path.join(folder, 'state'))
})
afterAll(async () => {
  await broker.stop()
  await tls.stop()
})

/** A vehicle in which all is well but the camera, which this machine has not. */
const sound = () => ({
  camera: { kind: 'usb', device: '/dev/video-none' },
  alarm: { output: 'console' },
  state: { dir: path.join(folder, 'state') },
  fleet: { url: broker.url, username: 'bus', passwordFile: path.join(folder, 'right') },
})

function doctor(config: object, ...more: string[]): { code: number | null; found: Diagnosis[] } {
  const { code, stdout, stderr } = kantukd(['doctor', '-c', writeConfig(scratch(), config), '--json', ...more])
  expect(stderr).not.toMatch(/unforeseen|^\s+at /m)
  const found = stdout
    .trim()
    .split('\n')
    .map((line) => diagnosis.parse(JSON.parse(line)))
  // Whatever is not in order has its code and its cure.
  for (const each of found) {
    const isWell = each.status === 'pass'
    expect([each.message, each.code === null, each.cure === null || each.check === 'configuration']).toEqual([
      ...[each.message, isWell],
      isWell || each.check === 'configuration',
    ])
  }
  return { code, found }
}
const of = (found: readonly Diagnosis[], check: string): Diagnosis[] => found.filter((each) => each.check === check)
const worst = (found: readonly Diagnosis[], check: string): Diagnosis | undefined =>
  of(found, check).find(({ status }) => status === 'fail') ??
  of(found, check).find(({ status }) => status === 'warn') ??
  of(found, check)[0]

describe('the doctor', () => {
  it('finds all well but the camera that is not plugged in, and ends with exit code 1', () => {
    const { code, found } = doctor(sound())
    expect(code).toBe(1)
    expect(worst(found, 'camera')).toMatchObject({
      status: 'fail',
      code: 'camera-no-frame',
      message: expect.stringContaining('/dev/video-none does not exist'),
      cure: expect.stringContaining('plugged in'),
    })
    expect(found.filter(({ status }) => status === 'fail')).toHaveLength(1)
    expect(worst(found, 'broker')).toMatchObject({
      status: 'pass',
      message: expect.stringMatching(/name, port, login and a round trip of \d+ ms/),
    })
    expect(worst(found, 'model')?.message).toMatch(
      /is whole, off by at most 0\.0000\d+ from where it was made, and judges two eyes in [\d.]+ ms/,
    )
    expect(worst(found, 'disk')).toMatchObject({ status: 'pass' })
    expect(of(found, 'evidence')).toMatchObject([{ status: 'pass', message: 'off: no pictures are kept' }])
  })

  it('looks at what a recording shows, and fails on it: no driver is watched', () => {
    const { code, found } = doctor({ ...sound(), camera: { kind: 'file', file: { path: drawnDriver, loop: true } } })
    expect(code).toBe(1)
    expect(of(found, 'camera')[0]).toMatchObject({ status: 'fail', code: 'camera-no-driver', cure: 'set camera.kind to usb or csi' })
    expect(
      of(found, 'camera')
        .map(({ message }) => message)
        .join(),
    ).toMatch(/frames a second.*brightness.*sharpness.*a face in view/)
  })

  it.each<[string, () => object, DoctorCode, RegExp, RegExp]>([
    [
      'a broker that is down',
      () => ({ fleet: { url: 'mqtt://localhost:1' } }),
      'broker-port',
      /at the port: .*refuses connections/,
      /is it running, and is the port right/,
    ],
    [
      'a broker whose name is wrong',
      () => ({ fleet: { url: 'mqtt://nowhere.invalid' } }),
      'broker-name',
      /at the name: .*cannot be resolved/,
      /spelled right in fleet\.url/,
    ],
    [
      'a wrong password',
      () => ({ fleet: { ...sound().fleet, passwordFile: path.join(folder, 'wrong') } }),
      'broker-login',
      /at the login: .*refuses the login/,
      /fleet\.passwordFile/,
    ],
    [
      'a certificate that nobody vouches for',
      () => ({ fleet: { url: tls.url } }),
      'broker-login',
      /at the TLS and login: .*not trusted/,
      /set fleet\.caFile/,
    ],
    [
      'a chip that is not there',
      () => ({ alarm: { output: 'gpio', buzzer: { chip: 'nothing' } } }),
      'line-refused',
      /GPIO.*\[gpio-(absent|chip-unknown)\]/,
      /alarm\.(output|buzzer)/,
    ],
    [
      'a model that is none',
      () => ({ classifier: { model: path.join(folder, 'broken.onnx') } }),
      'model-unusable',
      /broken\.onnx/,
      /classifier\.model/,
    ],
    [
      'a GPU that is not there',
      () => ({ classifier: { provider: 'tensorrt' } }),
      'model-on-cpu',
      /provider is tensorrt, and the CPU is used in its place: .*\[provider-missing\]/,
      /set classifier\.provider to cpu/,
    ],
    [
      'a folder that is not there',
      () => ({ state: { dir: path.join(folder, 'nowhere') } }),
      'disk-refused',
      /cannot be kept in .*nowhere/,
      /install -d -o kantukd/,
    ],
    [
      'a key of evidence that is none',
      () => ({ evidence: { enabled: true, keyFile: path.join(folder, 'wrong') } }),
      'evidence-refused',
      /wrong is not 64 hexadecimal digits/,
      /evidence\.keyFile/,
    ],
  ])('names %s, with its code and the cure', (_, change, named, message, cure) => {
    const { code, found } = doctor({ ...sound(), ...change() })
    expect(code).toBe(1)
    const [told] = found.filter(({ code: each }) => each === named)
    expect(told?.message).toMatch(message)
    expect(told?.cure).toMatch(cure)
  })

  it('says what is wrong with a configuration that cannot be used, and looks no further', () => {
    const { code, found } = doctor({ camera: { fps: 3 } })
    expect(code).toBe(1)
    expect(found).toMatchObject([
      { check: 'configuration', status: 'fail', code: 'configuration-wrong', message: expect.stringContaining('error[out-of-range]') },
    ])
  })

  it('writes a bundle for support, with no secret in it', () => {
    const file = path.join(folder, 'bundle.txt')
    doctor({ ...sound(), fleet: { ...sound().fleet, passwordFile: path.join(folder, 'wrong') } }, '--bundle', file)
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(/^# kantukd doctor.*\n(pass|warn|fail) /)
    expect(text).toContain('passwordFile: ')
    expect(text).not.toContain('hunter2')
  })

  it('keeps a secret out of the bundle that stands where the name of its file should', () => {
    const file = path.join(folder, 'mistaken.txt')
    doctor({ ...sound(), fleet: { ...sound().fleet, passwordFile: 'hunter2' } }, '--bundle', file)
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(/passwordFile: .*\/\*{7}\n/)
    expect(text).not.toContain('hunter2')
  })
})
