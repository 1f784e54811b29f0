/** Buzzer and light on lines, whichever way the lines are had; tests/alarm/namespace does the same with real onoff. */
import { describe, expect, it } from 'vitest'
import { createAlarmOutput } from '../../daemon/alarm/index.js'
import { createLinesOutput } from '../../daemon/alarm/lines.js'
import { turnAllOff } from '../../daemon/alarm/off.js'
import { defaultConfig } from '../../daemon/config/schema.js'
import { GpioError } from '../../daemon/gpio/errors.js'
import type { Gpio, OutputLine } from '../../daemon/gpio/index.js'
import { describeAlarmOutput } from './contract.js'

const { alarm } = defaultConfig()

/** Lines in memory; a faulty one refuses every change. */
const lines = (faulty: string | null = null) => {
  const on: Record<string, boolean> = {}
  const line = (name: string): OutputLine => ({
    write(isOn) {
      if (name === faulty) throw new GpioError('gpio-failed', `${name} refuses`)
      on[name] = isOn
    },
    close() {
      on[name] = false
    },
  })
  const gpio: Pick<Gpio, 'takeOutput'> = {
    takeOutput({ name }) {
      on[name] = false
      return line(name)
    },
  }
  return { gpio: { ...gpio, name: 'sysfs', takeInput: () => expect.fail('no input is asked for'), turnOff: () => undefined } as const, on }
}

describeAlarmOutput('lines', () => {
  const { gpio, on } = lines()
  return { output: createLinesOutput(gpio, alarm), lines: () => ({ buzzer: on.buzzer ?? false, led: on.led ?? false }) }
})

it.each(['buzzer', 'led'] as const)('though %s refuses, the other one goes on, and the fault is told', (faulty) => {
  const { gpio, on } = lines(faulty)
  const output = createLinesOutput(gpio, alarm)
  expect(() => output.set({ buzzer: true, led: true })).toThrow(`${faulty} refuses`)
  expect(on).toEqual({ buzzer: faulty !== 'buzzer', led: faulty !== 'led' })
})

describe('lines that are not there', () => {
  const gpio = { backend: 'sysfs' } as const
  const nowhere = {
    ...alarm,
    output: 'gpio' as const,
    buzzer: { ...alarm.buzzer, chip: 'no such chip' },
    led: { ...alarm.led, chip: 'no such chip' },
  }

  it('are a fault that names itself, to who wants to drive them and to who wants them off', () => {
    expect(() => createAlarmOutput({ alarm: nowhere, gpio })).toThrow(GpioError)
    expect(() => turnAllOff({ alarm: nowhere, gpio })).toThrow(GpioError)
  })

  it('are missed by no output that needs none', () => {
    expect(() => createAlarmOutput({ alarm: { ...nowhere, output: 'none' }, gpio }).close()).not.toThrow()
    expect(() => turnAllOff({ alarm: { ...nowhere, output: 'console' }, gpio })).not.toThrow()
  })
})

describe('a line that cannot be had, where somebody is told', () => {
  const withoutA = (missing: string) => {
    const { gpio, on } = lines()
    const told: string[] = []
    const taking: Gpio = {
      ...gpio,
      takeOutput(part, wire) {
        if (part.name === missing) throw new GpioError('gpio-busy', `${part.name} is in use`)
        return gpio.takeOutput(part, wire)
      },
    }
    return { output: createLinesOutput(taking, alarm, ({ message }) => void told.push(message)), on, told }
  }

  it.each(['buzzer', 'led'] as const)('%s is done without, and each step says so', (missing) => {
    const { output, on, told } = withoutA(missing)
    expect(told).toEqual([`${missing} is in use`])
    expect(() => output.set({ buzzer: true, led: true })).toThrow(`${missing} is in use`)
    expect(on[missing === 'buzzer' ? 'led' : 'buzzer']).toBe(true)
    output.close()
    expect(Object.values(on)).toEqual([false])
  })
})
