/** Buzzer and light on lines, whichever way the lines are had; tests/alarm/namespace does the same with real onoff. */
import { describe, expect, it } from 'vitest'
import { createAlarmOutput } from '../../daemon/alarm/index.js'
import { createLinesOutput, type DrivenLine } from '../../daemon/alarm/lines.js'
import { configuredLines, linesOf, turnOff } from '../../daemon/alarm/off.js'
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
    expect(turnOff(configuredLines({ alarm: nowhere, gpio }))).toEqual([expect.any(GpioError), expect.any(GpioError)])
  })

  it('are missed by no output that needs none', () => {
    expect(() => createAlarmOutput({ alarm: { ...nowhere, output: 'none' }, gpio }).close()).not.toThrow()
    expect(configuredLines({ alarm: { ...nowhere, output: 'console' }, gpio })).toEqual([])
  })
})

describe('a line that cannot be had, where somebody is told', () => {
  const withoutA = (missing: string) => {
    const { gpio, on } = lines()
    const told: string[] = []
    let now: readonly DrivenLine[] = []
    const taking: Gpio = {
      ...gpio,
      takeOutput(part, wire) {
        if (part.name === missing) throw new GpioError('gpio-busy', `${part.name} is in use`)
        return gpio.takeOutput(part, wire)
      },
    }
    return {
      output: createLinesOutput(taking, alarm, {
        onRefused: ({ message }) => void told.push(message),
        onDriven: (driven) => {
          now = driven
        },
      }),
      on,
      told,
      driven: () => now.map(({ part }) => part),
    }
  }

  it.each(['buzzer', 'led'] as const)('%s is done without, and each step says so', (missing) => {
    const { output, on, told, driven } = withoutA(missing)
    expect(driven()).toEqual([missing === 'buzzer' ? 'led' : 'buzzer'])
    expect(told).toEqual([`${missing} is in use`])
    expect(() => output.set({ buzzer: true, led: true })).toThrow(`${missing} is in use`)
    expect(on[missing === 'buzzer' ? 'led' : 'buzzer']).toBe(true)
    output.close()
    expect(Object.values(on)).toEqual([false])
  })
})

describe('lines that are driven', () => {
  const { gpio, on } = lines()

  it('are told with the way to them and all that tells on from off', () => {
    const told: unknown[] = []
    createLinesOutput(gpio, { ...alarm, led: { ...alarm.led, activeLow: true } }, { onDriven: (driven) => void told.push(driven) })
    const common = { backend: 'sysfs', chip: 'pinctrl-bcm2711', lineName: null }
    expect(told).toEqual([
      [
        { ...common, part: 'buzzer', line: 17, activeLow: false },
        { ...common, part: 'led', line: 27, activeLow: true },
      ],
    ])
  })

  it('are none where the output is none', () => {
    const told: unknown[] = []
    createAlarmOutput({ alarm: { ...alarm, output: 'none' }, gpio: { backend: 'auto' } }, undefined, {
      onDriven: (driven) => void told.push(driven),
    })
    expect(told).toEqual([[]])
  })

  it('are given back where the other cannot be had and nobody is told', () => {
    const closed: string[] = []
    const taking: Gpio = {
      ...gpio,
      takeOutput(part, wire) {
        if (part.name === 'led') throw new GpioError('gpio-busy', 'led is in use')
        return { ...gpio.takeOutput(part, wire), close: () => void closed.push(part.name) }
      },
    }
    expect(() => createLinesOutput(taking, alarm)).toThrow('led is in use')
    expect([closed, on.buzzer]).toEqual([['buzzer'], false])
  })

  it('are switched off as they are driven, whatever the configuration says of them since, and then what else it names', () => {
    const [buzzer, led] = configuredLines({ alarm, gpio: { backend: 'auto' } })
    if (buzzer === undefined || led === undefined) throw new Error('two lines are configured')
    const driven = { ...buzzer, backend: 'sysfs', activeLow: true } as const
    expect(linesOf([driven], [buzzer, led])).toEqual([driven, led])
    expect(linesOf([driven], [{ ...buzzer, lineName: 'GPIO17' }])).toHaveLength(2)
  })
})
