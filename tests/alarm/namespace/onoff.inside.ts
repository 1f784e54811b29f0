import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { createLinesOutput } from '../../../daemon/alarm/lines.js'
import { openGpio, type Wire } from '../../../daemon/gpio/index.js'
import { describeAlarmOutput } from '../contract.js'
import { start } from './start.js'
import { BUZZER, isOn, LED, putTree, read, removeLine, wires } from './tree.js'

beforeEach(putTree)

const sysfs = openGpio({ backend: 'sysfs' })

describeAlarmOutput('onoff', () => ({ output: createLinesOutput(sysfs, wires), lines: () => ({ buzzer: isOn(BUZZER), led: isOn(LED) }) }))

describe('onoff', () => {
  it('takes a line with its level, so that nothing sounds at the start', () => {
    createLinesOutput(sysfs, { buzzer: { ...wires.buzzer, activeLow: true }, led: wires.led })
    // physical levels: an active-low buzzer is off while its line is high
    expect([read(`gpio${BUZZER}/direction`), read(`gpio${BUZZER}/active_low`)]).toEqual(['high', '1'])
    expect([read(`gpio${LED}/direction`), read(`gpio${LED}/active_low`)]).toEqual(['low', '0'])
  })

  it('leaves the inverting of an active-low part to the kernel', () => {
    const output = createLinesOutput(sysfs, { buzzer: { ...wires.buzzer, activeLow: true }, led: wires.led })
    output.set({ buzzer: true, led: false })
    expect(isOn(BUZZER)).toBe(true)
    output.close()
    expect([isOn(BUZZER), read(`gpio${BUZZER}/active_low`)]).toEqual([false, '1'])
  })

  it('keeps the lines driven after close: a line given back may float', () => {
    createLinesOutput(sysfs, wires).close()
    expect(read('unexport')).toBe('')
  })

  const fault = (wire: Partial<Wire>): unknown => {
    try {
      createLinesOutput(sysfs, { buzzer: { ...wires.buzzer, ...wire }, led: wires.led })
      return null
    } catch (thrown) {
      return thrown
    }
  }

  it('names the chips that are there when the label is none of them', () => {
    expect(fault({ chip: 'pinctrl-rp1' })).toMatchObject({
      code: 'gpio-chip-unknown',
      message: expect.stringContaining('pinctrl-bcm2711, raspberrypi-exp-gpio'),
    })
  })

  it('refuses a line that the chip does not have, and takes its last one', () => {
    expect(fault({ line: 58 })).toMatchObject({ code: 'gpio-line-out-of-range', message: expect.stringContaining('0 to 57') })
    expect(fault({ chip: 'raspberrypi-exp-gpio', line: 8 })).toMatchObject({ code: 'gpio-line-out-of-range' })
  })

  it('asks the kernel for a line by its global number, and says so when it does not come', () => {
    removeLine(BUZZER)
    expect(fault({})).toMatchObject({
      code: 'gpio-failed',
      message: expect.stringContaining('line 17 of pinctrl-bcm2711 (sysfs number 529)'),
    })
    expect(read('export')).toBe('529')
  })

  it('says that the kernel has no sysfs for GPIO', () => {
    const { stdout } = spawnSync(
      'unshare',
      ['--mount', '--propagation', 'unchanged', 'sh', '-c', 'mount -t tmpfs tmpfs /sys/class && exec "$@"', 'sh', ...start('try')],
      { encoding: 'utf8' },
    )
    expect(stdout.trim()).toBe('gpio-absent')
  })

  // In a user namespace there is nobody but root.
  const isRealRoot = readFileSync('/proc/self/uid_map', 'utf8').trim().endsWith('4294967295')
  it.skipIf(!isRealRoot)('says that this user may not', () => {
    removeLine(BUZZER)
    chmodSync('/sys/class/gpio/export', 0o200)
    const [command = '', ...args] = start('nobody')
    expect(spawnSync(command, args, { encoding: 'utf8' }).stdout.trim()).toBe('gpio-no-rights')
    rmSync('/sys/class/gpio/export')
  })
})
