/** `kantukd self-test` beside a service that has the lines: well, and with a line that refuses. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { type Line, watchBuzzer } from '../../../scripts/chaos/road/line.js'
import { kantukd, scratch, start, writeConfig } from '../../commands/program.js'
import { drawnDriver } from '../../drawn-driver.js'
import { startMosquitto } from '../../fleet/mosquitto.js'
import { putTree } from './tree.js'

const finding = z.object({ check: z.string(), status: z.string(), message: z.string(), cure: z.string().nullable() })

let line: Line
beforeEach(() => {
  putTree()
  line = watchBuzzer()
})
afterEach(() => line.close())

/** What the command finds, asked while `broken` is done to the line. */
async function selfTest(broken: () => unknown) {
  const broker = await startMosquitto()
  const folder = scratch()
  const camera = { kind: 'file', file: { path: drawnDriver, loop: true } }
  const file = writeConfig(folder, { camera, state: { dir: folder }, fleet: { url: broker.url } })
  const daemon = start(['run', '--simulated', '-c', file])
  try {
    await daemon.says(/[Cc]onnected/)
    await daemon.says(/[Ww]atching/)
    broken()
    const { code, stdout } = kantukd(['self-test', '-c', file, '--json', '--simulated'])
    const found = stdout
      .trim()
      .split('\n')
      .map((text) => finding.parse(JSON.parse(text)))
    return { code, found: Object.fromEntries(found.map(({ check, ...rest }) => [check, rest])) }
  } finally {
    daemon.kill('SIGTERM')
    await daemon.ended()
    await broker.stop()
  }
}

it('all is well: exit code 0', async () => {
  const { found, code } = await selfTest(() => undefined)
  expect(found).toMatchObject({ outputs: { status: 'pass' }, camera: { status: 'pass' }, event: { status: 'pass' } })
  expect(code).toBe(0)
})

it('a line that refuses is a fault of the outputs, with its cure', async () => {
  const { found, code } = await selfTest(() => line.refuse())
  expect(found).toMatchObject({ outputs: { status: 'fail', message: expect.stringContaining('buzzer') }, event: { status: 'pass' } })
  expect(code).toBe(1)
})
