/** Lines by libgpiod's tools. No chip is here: stand-ins take the tools' command line, and the real ones are asked whether they would. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createGpiod } from '../../daemon/gpio/gpiod/index.js'
import { noChip } from '../../daemon/gpio/gpiod/refusals.js'
import { commandsHere } from '../../daemon/gpio/gpiod/tools.js'
import { until } from '../fleet/harness.js'
import { describeGpio } from './contract.js'
import { type FalseBoard, putBoard } from './false-board.js'

const OUTPUT = { chip: 'pinctrl-bcm2711', line: 17, activeLow: false }
const BUZZER = { name: 'buzzer', key: 'alarm.buzzer' }

const onBoard = (major: 1 | 2): FalseBoard => {
  const board = putBoard(major)
  for (const [name, value] of Object.entries(board.env)) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  return board
}

for (const major of [1, 2] as const) {
  describeGpio(`libgpiod ${major}`, () => {
    const board = onBoard(major)
    return {
      gpio: createGpiod(),
      output: OUTPUT,
      isOn: ({ line, activeLow }) => board.level(line) === (activeLow ? 0 : 1),
      input: { ...OUTPUT, line: 5 },
      change: (isOn) => board.change(5, isOn ? 1 : 0),
    }
  })

  describe(`libgpiod ${major}`, () => {
    const fault = (wire: object): unknown => {
      try {
        createGpiod()
          .takeOutput(BUZZER, { ...OUTPUT, ...wire })
          .close()
        return null
      } catch (thrown) {
        return thrown
      }
    }

    it('finds a line by its name', async () => {
      const board = onBoard(major)
      const line = createGpiod().takeOutput(BUZZER, { ...OUTPUT, line: 0, lineName: 'SPI 0' })
      onTestFinished(() => line.close())
      line.write(true)
      await until(
        () => board.level(27) === 1,
        () => 'off',
      )
    })

    it('refuses a name that no line has', () => {
      onBoard(major)
      expect(fault({ lineName: 'GPIO99' })).toMatchObject({ code: 'gpio-line-unknown', message: expect.stringContaining('gpioinfo') })
    })

    it('says that the line is in use', () => {
      const board = onBoard(major)
      const [program = '', ...args] = commandsHere('alarm').hold({ chip: 'gpiochip0', line: 17 })
      const other = spawnSync('sh', ['-c', `${[program, ...args].join(' ')}1 >/dev/null 2>&1 & echo $!`], { encoding: 'utf8' })
      onTestFinished(() => void process.kill(Number(other.stdout), 'SIGKILL'))
      return until(
        () => board.holder(17) !== null,
        () => 'nobody holds it',
      ).then(() => expect(fault({})).toMatchObject({ code: 'gpio-busy', message: expect.stringContaining('line 17 of pinctrl-bcm2711') }))
    })

    it('says that this user may not', () => {
      onBoard(major).deny()
      expect(fault({})).toMatchObject({ code: 'gpio-no-rights', message: expect.stringContaining('usermod -aG gpio') })
    })

    it('tells at the next step that the last one was refused', async () => {
      const board = onBoard(major)
      const line = createGpiod().takeOutput(BUZZER, OUTPUT)
      onTestFinished(() => line.close())
      await sleep(100)
      board.deny()
      line.write(true)
      await sleep(300)
      expect(() => line.write(true)).toThrow(expect.objectContaining({ code: 'gpio-no-rights' }))
    })

    it('tells when a line can no longer be heard', async () => {
      const board = onBoard(major)
      const codes: string[] = []
      const line = createGpiod().takeInput(
        BUZZER,
        { ...OUTPUT, line: 5 },
        {
          edge: 'both',
          debounceMs: 0,
          onChange: () => undefined,
          onFault: ({ code }) => codes.push(code),
        },
      )
      onTestFinished(() => line.close())
      await until(
        () => board.holder(5) !== null,
        () => 'nobody listens',
      )
      process.kill(board.holder(5) ?? 0, 'SIGKILL')
      await until(
        () => codes.length > 0,
        () => 'no fault',
      )
      expect(codes).toEqual(['gpio-failed'])
    })
  })
}

it.each<[string, string[], string, RegExp]>([
  ['the machine has none', ['null', 'video0'], 'gpio-absent', /driver is not loaded/],
  ['this user may open none', ['null', 'gpiochip0'], 'gpio-no-rights', /usermod -aG gpio/],
])('where no chip is listed, says that %s', (_, devices, code, cure) => {
  expect(noChip('alarm.buzzer', devices)).toMatchObject({ code, message: expect.stringMatching(cure) })
  if (code === 'gpio-absent') expect(noChip('alarm.buzzer', devices).message).not.toContain('usermod')
})

it('says what to install where the tools are not there', () => {
  vi.stubEnv('PATH', '/nonexistent')
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(() => createGpiod().takeOutput(BUZZER, OUTPUT)).toThrow(/apt install gpiod/)
})

/** Where the machine has the tools, they read our command lines as ours: without a chip they end at opening it, not before. */
it.skipIf(!existsSync('/usr/bin/gpioset') || existsSync('/dev/gpiochip0'))('the real tools take these command lines', () => {
  const commands = commandsHere('alarm')
  const place = { chip: 'gpiochip0', line: 17 }
  const level = (words: string[]) => [...words.slice(0, -1), `${words.at(-1)}1`]
  const all = [
    level(commands.hold(place)),
    level(commands.set(place)),
    commands.get(place, true),
    commands.listen(place, { activeLow: true, edge: 'rising' }),
    commands.listen(place, { activeLow: false, edge: 'both' }),
    commands.info('gpiochip0'),
  ]
  for (const [program = '', ...args] of all) {
    const { stderr } = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
    expect(stderr, [program, ...args].join(' ')).toMatch(/No such file or directory|cannot find GPIO chip|looking up/)
  }
})
