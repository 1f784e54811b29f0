/** `kantukd self-test` by hand and beside a running daemon, with each part broken in turn. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { drawnDriver } from '../drawn-driver.js'
import { type Mosquitto, startMosquitto } from '../fleet/mosquitto.js'
import { kantukd, scratch, start, writeConfig } from './program.js'

const finding = z.strictObject({ check: z.string(), status: z.enum(['pass', 'fail']), message: z.string(), cure: z.string().nullable() })

let broker: Mosquitto
beforeAll(async () => {
  broker = await startMosquitto()
})
afterAll(() => broker.stop())

const watched = { kind: 'file', file: { path: drawnDriver, loop: true } }
const config = (folder: string, change: object = {}) =>
  writeConfig(folder, {
    camera: watched,
    alarm: { output: 'console' },
    state: { dir: folder },
    fleet: { url: broker.url },
    ...change,
  })

function selfTest(file: string, ...more: string[]) {
  const { code, stdout, stderr } = kantukd(['self-test', '-c', file, '--json', '--simulated', ...more])
  const lines = stdout.split('\n').filter((line) => line !== '')
  const found = lines.map((line) => finding.parse(JSON.parse(line)))
  return { code, found, stderr, of: (check: string) => found.filter((each) => each.check === check) }
}

describe('a self-test without the service', () => {
  it('sounds each pattern by its name, takes frames, and the broker has the event; that there is no buzzer is a fault', () => {
    const { code, of, stderr } = selfTest(config(scratch()))
    expect(code).toBe(1)
    expect(of('pattern').map(({ message }) => message)).toEqual(
      expect.arrayContaining(['warn', 'alarm', 'emergency', 'distracted', 'cannot-see']),
    )
    expect(stderr).toMatch(/buzzer|light/i)
    expect(of('outputs')).toMatchObject([{ status: 'fail', cure: 'set alarm.output to gpio' }])
    expect(of('camera')).toMatchObject([{ status: 'pass' }])
    expect(of('event')).toMatchObject([{ status: 'pass', message: expect.stringContaining('of the rule self-test') }])
  }, 90_000)

  it('sounds the one that is named, and knows no other', () => {
    expect(selfTest(config(scratch()), '--pattern', 'warn').of('pattern')).toMatchObject([{ message: 'warn' }])
    expect(selfTest(config(scratch()), '--pattern', 'loud')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no pattern "loud": choose one of quiet, notice, warn/),
    })
  })

  it('names a broker that takes the login and not the event, and a model that is none', { timeout: 120_000 }, async () => {
    const folder = scratch()
    const closed = await startMosquitto({ acl: ['topic read nothing'] })
    onTestFinished(closed.stop)
    const model = path.join(folder, 'eyes.onnx')
    writeFileSync(model, 'no model')
    const { code, of } = selfTest(config(folder, { fleet: { url: closed.url }, classifier: { model } }))
    expect(code).toBe(1)
    expect(of('event')).toMatchObject([
      { status: 'fail', message: expect.stringMatching(/does not let this vehicle publish .*check its access list/) },
    ])
    expect(of('camera')).toMatchObject([{ status: 'pass' }])
    expect(of('model')).toMatchObject([{ status: 'fail', message: expect.stringContaining('eyes.onnx') }])
  })

  it('names a wrong pin', () => {
    const { code, of } = selfTest(config(scratch(), { alarm: { output: 'gpio', buzzer: { chip: 'nothing' } } }), '--pattern', 'warn')
    expect(code).toBe(1)
    expect(of('outputs')).toMatchObject([{ status: 'fail', cure: expect.stringMatching(/alarm\.(output|buzzer)/) }])
  })

  it('names a camera that is not there and a broker that is down, both at once', () => {
    const broken = { camera: { kind: 'usb', device: '/dev/video-none' }, fleet: { url: 'mqtt://localhost:1' } }
    const { code, of } = selfTest(config(scratch(), broken))
    expect(code).toBe(1)
    expect(of('camera')).toMatchObject([{ status: 'fail', message: expect.stringContaining('/dev/video-none does not exist') }])
    expect(of('event')).toMatchObject([{ status: 'fail', message: expect.stringMatching(/refuses connections/) }])
  }, 90_000)
})

it('beside a running daemon, that one does it and its lines stay its own; again at once is refused', async () => {
  const folder = scratch()
  const file = config(folder)
  const daemon = start(['run', '--simulated', '-c', file])
  try {
    await daemon.says(/[Cc]onnected/)
    await daemon.says(/[Ww]atching/)
    const { of, code } = selfTest(file)
    // Frames are there, or on their way: what a start takes is not tried here.
    expect(code).toBe(1)
    expect(of('pattern')).toEqual([])
    expect(of('outputs')).toMatchObject([{ status: 'fail', message: expect.stringContaining('alarm.output of the running service') }])
    expect(of('event')).toMatchObject([{ message: expect.stringMatching(/the event [0-9a-f-]{36} of the rule self-test/) }])
    expect(selfTest(file).of('outputs')).toMatchObject([
      { status: 'fail', message: expect.stringMatching(/less than 30 s ago|shown something/) },
    ])
  } finally {
    daemon.kill('SIGTERM')
    await daemon.ended()
  }
}, 60_000)
