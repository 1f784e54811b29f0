import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { defaultConfig } from '../../../daemon/config/index.js'
import { openGpio } from '../../../daemon/gpio/index.js'
import { createButton } from '../../../daemon/inputs/button-gpio.js'
import { keepLine } from '../../../daemon/inputs/gpio-line.js'
import { createGpioIgnition } from '../../../daemon/inputs/ignition-gpio.js'
import { createInputs } from '../../../daemon/inputs/index.js'
import { createPulseSpeed } from '../../../daemon/inputs/speed-pulses.js'
import { monotonicMs } from '../../../daemon/monotonic.js'
import { read } from '../../alarm/namespace/tree.js'
import { keepLog, until } from '../../fleet/harness.js'
import { describeInput } from '../contract.js'
import { putChangingLines, type TestLine } from './lines.js'

let five: TestLine
let six: TestLine
beforeEach(() => {
  ;[five, six] = putChangingLines()
})

const surroundings = () => {
  const { log, lines } = keepLog()
  const said = () => lines.filter(({ level }) => level !== 'debug').map(({ message }) => message)
  return { given: { log, now: monotonicMs, gpio: openGpio({ backend: 'sysfs' }) }, said }
}

describeInput('the button', () => {
  const input = createButton({ ...five.wire, debounceMs: 10 }, surroundings().given)
  return {
    input,
    now: monotonicMs,
    tell: async () => {
      five.set(1)
      // Held until it is heard; a closed one hears nothing.
      for (let waitedMs = 0; waitedMs < 300 && input.read(0) !== 1; waitedMs += 10) await sleep(10)
      five.set(0)
      return 1
    },
  }
})

describeInput('the ignition by GPIO', () => ({
  input: createGpioIgnition({ ...six.wire, debounceMs: 10 }, surroundings().given),
  now: monotonicMs,
  tell: () => {
    six.set(1)
    return true
  },
}))

describeInput('the speed by pulses', () => {
  // A clock of the test's own: the pulses of a false line come as unsteadily as this machine is busy. It is read at each pulse.
  let nowMs = 0
  let countedMs = 0
  const now = () => {
    countedMs = nowMs
    return nowMs
  }
  const input = createPulseSpeed({ ...five.wire, perKm: 1000, debounceMs: 1 }, { ...surroundings().given, now })
  let closed = false
  return {
    input: {
      read: input.read,
      close: () => {
        closed = true
        return input.close()
      },
    },
    now: () => nowMs,
    tell: async () => {
      for (let pulse = 0; pulse < 8; pulse++) {
        nowMs += 100
        five.interrupt()
        if (closed) await sleep(5)
        else
          await until(
            () => countedMs === nowMs,
            () => `no pulse since ${countedMs} ms`,
          )
      }
      return 36
    },
  }
})

describe('the button', () => {
  it('counts a press that bounces once, and a held one once', async () => {
    const button = createButton({ ...five.wire, debounceMs: 200 }, surroundings().given)
    onTestFinished(() => button.close())
    for (let bounce = 0; bounce < 5; bounce++) {
      five.set(1)
      await sleep(2)
      five.set(0)
      await sleep(2)
    }
    five.set(1)
    await sleep(800)
    five.set(0)
    await sleep(300)
    expect(button.read(0)).toBe(1)
  })

  it('that is held when the daemon starts is no press', async () => {
    five.set(1)
    const button = createButton({ ...five.wire, debounceMs: 10 }, surroundings().given)
    onTestFinished(() => button.close())
    await sleep(100)
    expect(button.read(0)).toBe(0)
  })

  it('sets its line up as an input that is on while low, and gives it back', async () => {
    const button = createButton({ ...five.wire, activeLow: true, debounceMs: 10 }, surroundings().given)
    const file = (name: string) => read(`gpio${five.number}/${name}`)
    expect([file('direction'), file('active_low'), file('edge')]).toEqual(['in', '1', 'rising'])
    await button.close()
    expect(read('unexport')).toBe(String(five.number))
  })
})

describe('the ignition by GPIO', () => {
  it('is known at once, and follows its line both ways', async () => {
    six.set(1)
    const ignition = createGpioIgnition({ ...six.wire, debounceMs: 10 }, surroundings().given)
    onTestFinished(() => ignition.close())
    expect(ignition.read(0)).toBe(true)
    six.set(0)
    await until(
      () => ignition.read(0) === false,
      () => 'still on',
    )
    six.set(1)
    await until(
      () => ignition.read(0) === true,
      () => 'still off',
    )
  })

  it('does not follow a line that drops for a moment, as when the engine is started', async () => {
    six.set(1)
    const ignition = createGpioIgnition({ ...six.wire, debounceMs: 500 }, surroundings().given)
    onTestFinished(() => ignition.close())
    six.set(0)
    await sleep(100)
    six.set(1)
    const seen = new Set<boolean | null>()
    for (let ms = 0; ms < 1000; ms += 20) {
      seen.add(ignition.read(0))
      await sleep(20)
    }
    expect([...seen]).toEqual([true])
  })
})

describe('a line that cannot be had', () => {
  it('is named once, unknown, and taken when it is there', async () => {
    const { given, said } = surroundings()
    const levels: (boolean | null)[] = []
    rmSync(`/sys/class/gpio/gpiochip512`, { recursive: true })
    const line = keepLine({
      gpio: given.gpio,
      part: { name: 'ignition', key: 'ignition.gpio' },
      wire: five.wire,
      edge: 'both',
      debounceMs: 10,
      log: given.log,
      onLevel: (isOn) => levels.push(isOn),
      retryMs: 30,
    })
    onTestFinished(() => line.close())
    await sleep(150)
    expect(said()).toEqual([
      'there is no GPIO chip pinctrl-bcm2711 on this board; set ignition.gpio.chip to one of: raspberrypi-exp-gpio [gpio-chip-unknown]. Until then the ignition is unknown.',
    ])
    expect(new Set(levels)).toEqual(new Set([null]))
    ;[five] = putChangingLines()
    five.set(1)
    await until(
      () => levels.at(-1) === true,
      () => said().join('\n'),
    )
  })

  it('because it has no interrupt is named, and nothing is thrown', () => {
    const { given, said } = surroundings()
    rmSync(`/sys/class/gpio/gpio${five.number}/edge`)
    const button = createButton({ ...five.wire, debounceMs: 10 }, given)
    onTestFinished(() => button.close())
    expect([button.read(0), said()]).toEqual([null, [expect.stringContaining('cannot tell of changes')]])
  })
})

describe('all inputs together', () => {
  const { speed, button, ignition, position, driver, fleet, vehicle } = defaultConfig()

  it('that are none are none, and unknown means active', async () => {
    const inputs = createInputs({ speed, button, ignition, position, driver, fleet, vehicle }, surroundings().given)
    expect([inputs.read(0), inputs.ignition(0), inputs.known(0), inputs.context(0)]).toEqual([
      { speedKmh: null, acknowledged: false },
      null,
      { speed: 'none', button: 'none', ignition: 'none' },
      undefined,
    ])
    await inputs.close()
  })

  it('tell a press once, to the observation that follows it', async () => {
    const inputs = createInputs(
      {
        speed,
        button: { kind: 'gpio', gpio: { ...five.wire, debounceMs: 10 } },
        ignition: { ...ignition, kind: 'gpio', gpio: { ...six.wire, debounceMs: 10 } },
        position,
        driver,
        fleet,
        vehicle,
      },
      surroundings().given,
    )
    onTestFinished(() => inputs.close())
    expect([inputs.read(0).acknowledged, inputs.ignition(0), inputs.known(0)]).toEqual([
      false,
      false,
      { speed: 'none', button: 'known', ignition: 'known' },
    ])
    five.set(1)
    const heard: boolean[] = []
    for (let look = 0; look < 30; look++) {
      await sleep(10)
      heard.push(inputs.read(0).acknowledged)
    }
    expect(heard.filter((acknowledged) => acknowledged)).toHaveLength(1)
  })
})
