/** The real daemon in the alarm, on the drawn driver: whatever the fleet sends, the tone and the light go on. */
import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connectAsync } from 'mqtt'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { drawnDriver } from '../../drawn-driver.js'
import { startMosquitto } from '../../fleet/mosquitto.js'
import { BUZZER, isOn, LED, putTree } from './tree.js'

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url))
const BASE = 'kantuk/test/bus-12'
const result = z.looseObject({ transaction: z.string().nullable(), ok: z.boolean(), error: z.looseObject({ code: z.string() }).optional() })

beforeEach(putTree)

/** Whatever could be thought of to make it silent. */
const attacks: Record<string, object> = {
  'command/self-test': {},
  'command/restart-vision': {},
  'command/send-outbox': {},
  'command/log-level': { level: 'error' },
  'command/verdict': { incident: '019ab1c2-3d4e-7000-9a1b-2c3d4e5f6072', verdict: false },
  'command/silence': {},
  'config/set': { set: { 'alarm.output': 'none' } },
}

it('sounds on through every command', async () => {
  const broker = await startMosquitto()
  onTestFinished(broker.stop)
  const fleet = await connectAsync(broker.url)
  onTestFinished(() => fleet.endAsync(true))
  const answers: z.infer<typeof result>[] = []
  fleet.on('message', (_, payload) => void answers.push(result.parse(JSON.parse(payload.toString()))))
  await fleet.subscribeAsync(`${BASE}/result`)

  const config = join(mkdtempSync(join(tmpdir(), 'kantukd-commands-')), 'kantukd.yaml')
  writeFileSync(
    config,
    `vehicle: {fleet: test, id: bus-12}
camera: {kind: file, file: {path: ${drawnDriver}, loop: true}}
fleet: {url: "${broker.url}"}
log: {format: json}
`,
  )
  const daemon = spawn(process.execPath, [cli, 'run', '--simulated', '-c', config], { stdio: ['ignore', 'ignore', 'pipe'] })
  onTestFinished(() => void daemon.kill('SIGKILL'))
  let log = ''
  daemon.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  for (const endMs = Date.now() + 60_000; !log.includes('sleep (level 3'); await sleep(10))
    if (Date.now() > endMs) throw new Error(`no alarm: ${log}`)

  const expires = new Date(Date.now() + 60_000).toISOString()
  for (const [topic, request] of Object.entries(attacks)) {
    await fleet.publishAsync(`${BASE}/${topic}`, JSON.stringify({ transaction: topic.replace('/', '.'), expires, ...request }))
    await fleet.publishAsync(`${BASE}/${topic}`, '{"silence":')
  }
  const seen: string[] = []
  // The closure lasts 1.5 s more, and the alarm at least as long.
  for (const endMs = Date.now() + 1200; Date.now() < endMs; await sleep(5)) seen.push(`${isOn(BUZZER)} ${isOn(LED)}`)
  expect(new Set(seen)).toEqual(new Set(['true true']))

  const codes = Object.fromEntries(
    answers.flatMap(({ transaction, ok, error }) => (transaction === null ? [] : [[transaction, ok ? 'ok' : error?.code]])),
  )
  expect(codes).toMatchObject({
    'command.self-test': 'alarm',
    'command.restart-vision': 'alarm',
    'command.silence': 'unknown-command',
    'config.set': 'key-locked',
  })
  expect(answers.filter(({ error }) => error?.code === 'not-json').length).toBeGreaterThan(4)
})
