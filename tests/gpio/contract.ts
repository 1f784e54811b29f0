/** What every way to GPIO lines must do; called by the test of each. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Gpio, Wire } from '../../daemon/gpio/index.js'
import { monotonicMs } from '../../daemon/monotonic.js'
import { until } from '../fleet/harness.js'
import { CATCHABLE, isDeaf, keepersOf } from './keepers.js'

export type Subject = {
  gpio: Gpio
  /** A line to drive, on a chip of 58 lines. */
  output: Wire
  /** Whether the line is on in the sense of the part that hangs on it. */
  isOn(wire: Wire): boolean
  /** A line to hear, off at first. */
  input: Wire
  /** Makes it change; in the part's sense. */
  change(isOn: boolean): void
}

const PART = { name: 'buzzer', key: 'alarm.buzzer' }
const holder = fileURLToPath(new URL('holder.ts', import.meta.url))

// Issue "it survives the road": buzzer and light off within 2 s after the death of the main process, SIGKILL included.
const OFF_WITHIN_MS = 2000
// Own: by a tool on a busy machine; docs/reliability.md has what it takes in truth.
const SOON_MS = 1000

export const describeGpio = (name: string, make: () => Subject): void => {
  describe(`${name}, as every way to lines`, () => {
    const becomes = async ({ isOn }: Subject, wire: Wire, wanted: boolean, withinMs = SOON_MS) =>
      until(
        () => isOn(wire) === wanted,
        () => `it is ${wanted ? 'off' : 'on'}`,
        withinMs,
      )
    const take = (subject: Subject, wire = subject.output) => {
      const line = subject.gpio.takeOutput(PART, wire)
      onTestFinished(() => line.close())
      return line
    }

    it.each([false, true])('drives a line: off when taken, on, off (active low: %s)', async (activeLow) => {
      const subject = make()
      const wire = { ...subject.output, activeLow }
      const line = take(subject, wire)
      expect(subject.isOn(wire)).toBe(false)
      for (const wanted of [true, false, true]) {
        line.write(wanted)
        await becomes(subject, wire, wanted)
      }
    })

    it('holds what is written again and again', async () => {
      const subject = make()
      const line = take(subject)
      for (let times = 0; times < 20; times++) {
        line.write(true)
        await sleep(10)
      }
      expect(subject.isOn(subject.output)).toBe(true)
    })

    it('is off after close, whatever is written then, and takes a second close', async () => {
      const subject = make()
      const line = take(subject)
      line.write(true)
      await becomes(subject, subject.output, true)
      line.close()
      line.write(true)
      line.close()
      await becomes(subject, subject.output, false)
      await sleep(100)
      expect(subject.isOn(subject.output)).toBe(false)
    })

    it('can be taken again at once after close, as a change of the settings does, and is held then', async () => {
      const subject = make()
      const first = take(subject)
      first.write(true)
      await becomes(subject, subject.output, true)
      first.close()
      expect(subject.isOn(subject.output)).toBe(false)
      const line = take(subject)
      line.write(true)
      await becomes(subject, subject.output, true)
      await sleep(300)
      expect(subject.isOn(subject.output)).toBe(true)
    })

    it('goes on though its keeper was killed, from the next step on', async () => {
      const subject = make()
      const before = keepersOf(process.pid)
      const line = take(subject)
      line.write(true)
      await becomes(subject, subject.output, true)
      for (const keeper of keepersOf(process.pid).filter((each) => !before.includes(each))) process.kill(keeper, 'SIGKILL')
      await sleep(100)
      line.write(false)
      await becomes(subject, subject.output, false)
      line.write(true)
      await becomes(subject, subject.output, true)
    })

    /** A process that has switched the line on. */
    const holding = async (subject: Subject): Promise<ChildProcess> => {
      const program = ['--import', createRequire(import.meta.url).resolve('tsx'), holder, subject.gpio.name, JSON.stringify(subject.output)]
      const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] })
      await once(child.stdout, 'data')
      await becomes(subject, subject.output, true)
      return child
    }

    it('goes off by itself when the process that drives it is killed', async () => {
      const subject = make()
      const child = await holding(subject)
      const killedMs = monotonicMs()
      child.kill('SIGKILL')
      await becomes(subject, subject.output, false, OFF_WITHIN_MS)
      expect(monotonicMs() - killedMs).toBeLessThan(OFF_WITHIN_MS)
    })

    it('goes off by itself whatever signal but SIGKILL all are sent, as systemd sends SIGABRT', async () => {
      const subject = make()
      const child = await holding(subject)
      const keepers = keepersOf(child.pid ?? 0)
      expect(keepers).toHaveLength(1)
      await until(
        () => keepers.every(isDeaf),
        () => 'a keeper heeds signals',
      )
      // Each leads a group, of which a tool that it runs is.
      for (const signal of CATCHABLE) for (const keeper of keepers) process.kill(-keeper, signal)
      await sleep(100)
      child.kill('SIGABRT')
      await becomes(subject, subject.output, false, OFF_WITHIN_MS)
    })

    it('is switched off from outside', async () => {
      const subject = make()
      const line = take(subject)
      line.write(true)
      await becomes(subject, subject.output, true)
      subject.gpio.turnOff(PART, subject.output)
      expect(subject.isOn(subject.output)).toBe(false)
    })

    it('comes back at the next step when it was switched off from outside', async () => {
      const subject = make()
      const line = take(subject)
      line.write(true)
      await becomes(subject, subject.output, true)
      subject.gpio.turnOff(PART, subject.output)
      line.write(true)
      await becomes(subject, subject.output, true)
    })

    it('names the chips that are there', () => {
      const subject = make()
      const fault = () => subject.gpio.takeOutput(PART, { ...subject.output, chip: 'pinctrl-rp1' })
      expect(fault).toThrow(expect.objectContaining({ code: 'gpio-chip-unknown', message: expect.stringContaining('pinctrl-bcm2711') }))
    })

    it('refuses a line that the chip has not', () => {
      const subject = make()
      const fault = () => subject.gpio.takeOutput(PART, { ...subject.output, line: 58 })
      expect(fault).toThrow(expect.objectContaining({ code: 'gpio-line-out-of-range', message: expect.stringContaining('0 to 57') }))
    })

    it.each(['rising', 'both'] as const)('tells what a line does, once it is quiet (%s)', async (edge) => {
      const subject = make()
      const told: boolean[] = []
      const line = subject.gpio.takeInput(PART, subject.input, {
        edge,
        debounceMs: 30,
        onChange: (isOn) => told.push(isOn),
        onFault: (fault) => expect.unreachable(fault.message),
      })
      onTestFinished(() => line.close())
      expect(line.isOn()).toBe(false)
      await sleep(300)
      subject.change(true)
      await sleep(300)
      subject.change(false)
      await sleep(300)
      expect(told).toEqual(edge === 'rising' ? [true] : [true, false])
      expect(line.isOn()).toBe(false)
    })
  })
}
