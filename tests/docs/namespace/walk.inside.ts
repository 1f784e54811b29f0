/** The newcomer's walk of docs/install.md, from the configuration to the first alarm: its commands pasted, what it says one should see is seen. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Line, watchBuzzer } from '../../../scripts/chaos/road/line.js'
import { putTree } from '../../alarm/namespace/tree.js'
import { type Mosquitto, startMosquitto } from '../../fleet/mosquitto.js'
import { type Desk, layDesk } from './desk.js'
import { missing, type Step, stepsOfPage } from './steps.js'

// The log goes on by itself: what the page promises may still come, on a busy machine too.
const WITHIN_MS = 60_000

let broker: Mosquitto
let line: Line
let desk: Desk
beforeEach(async () => {
  putTree()
  line = watchBuzzer()
  broker = await startMosquitto()
  desk = layDesk(broker.port)
})
afterEach(async () => {
  await desk.paste('systemctl stop kantukd')
  line.close()
  await broker.stop()
})

/** What the newcomer sees; where the log is shown, as far as it has come within a time. */
async function walk({ commands, codes, expected }: Step): Promise<void> {
  const isLog = commands === '' || commands.includes('journalctl')
  const { code, seen } = await desk.paste(commands)
  let shown = seen
  for (const untilMs = Date.now() + WITHIN_MS; isLog && missing(expected, shown).length > 0 && Date.now() < untilMs; await sleep(500))
    shown = (await desk.paste('journalctl -u kantukd')).seen
  expect({ commands, missing: missing(expected, shown), code: codes.includes(code ?? -1) }, shown).toEqual({
    commands,
    missing: [],
    code: true,
  })
}

it('leads to the first alarm', async () => {
  const steps = stepsOfPage()
  expect(steps.map(({ commands }) => commands).join('')).toMatch(/check-config.*doctor.*self-test.*systemctl start.*systemctl stop/s)
  for (const step of steps) {
    const sounded = line.sounding.length
    await walk(step)
    if (step.commands.includes('self-test') || step.expected.some((text) => text.includes('sleep (level 3'))) {
      expect(line.sounding.length, `a buzzer after ${step.commands}${step.expected[0]}`).toBeGreaterThan(sounded)
    }
  }
  expect(line.isOn()).toBe(false)
})
