/** `kantukd doctor` on a false sysfs: the lines, and the numbers under which this kernel knows them. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { kantukd } from '../../commands/program.js'
import { putTree } from './tree.js'

beforeEach(putTree)

const diagnosis = z.object({
  check: z.string(),
  status: z.string(),
  code: z.string().nullable(),
  message: z.string(),
  cure: z.string().nullable(),
})

/** What is found of the GPIO lines, with the buzzer on `line`. */
const examined = (line: number) => {
  const file = join(mkdtempSync(join(tmpdir(), 'kantukd-doctor-')), 'kantukd.yaml')
  // Nothing else is to take long.
  writeFileSync(file, `camera: {device: /dev/video-none}\nalarm: {buzzer: {line: ${line}}}\nfleet: {url: "mqtt://localhost:1"}\n`)
  return kantukd(['doctor', '--json', '-c', file])
    .stdout.trim()
    .split('\n')
    .map((text) => diagnosis.parse(JSON.parse(text)))
    .filter(({ check }) => check === 'gpio')
}

it('names the line by its chip, and by the number that the kernel gives it', () => {
  expect(examined(17)).toMatchObject([
    {
      status: 'pass',
      message:
        'the buzzer can have line 17 of pinctrl-bcm2711 (number 529 in /sys/class/gpio: on this kernel the chip begins at 512), by sysfs',
    },
    { status: 'pass', message: expect.stringContaining('number 539') },
  ])
})

it('tells the kernel’s number from the line that is meant', () => {
  writeFileSync('/sys/class/gpio/gpiochip512/base', '100\n')
  expect(examined(117)[0]).toMatchObject({
    ...{ status: 'fail', code: 'line-refused', cure: "117 is the kernel's number of line 17: set alarm.buzzer.line to 17" },
    message: expect.stringContaining('[gpio-line-out-of-range]'),
  })
})
