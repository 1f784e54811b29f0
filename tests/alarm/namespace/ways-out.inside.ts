import { beforeEach, describe, expect, it } from 'vitest'
import { turnAllOff } from '../../../daemon/alarm/off.js'
import { defaultConfig } from '../../../daemon/config/index.js'
import { sounding } from './start.js'
import { BUZZER, isOn, LED, putTree, read, removeLine } from './tree.js'

const { alarm } = defaultConfig()
const onOff = (): boolean[] => [isOn(BUZZER), isOn(LED)]

beforeEach(putTree)

describe('while the alarm sounds the lines are up, and they are down', () => {
  it.each(['exit', 'error'] as const)('after an end by %s', async (way) => {
    const { ended } = await sounding(way)
    expect(onOff()).toEqual([true, true])
    await ended
    expect(onOff()).toEqual([false, false])
  })

  it('after SIGTERM', async () => {
    const { child, ended } = await sounding('stay')
    expect(onOff()).toEqual([true, true])
    child.kill('SIGTERM')
    await ended
    expect(onOff()).toEqual([false, false])
  })

  it('after SIGKILL, when outputs-off has run', async () => {
    const { child, ended } = await sounding('stay')
    child.kill('SIGKILL')
    await ended
    expect(onOff()).toEqual([true, true])
    turnAllOff(alarm)
    expect(onOff()).toEqual([false, false])
  })

  it('when outputs-off has run while the daemon hangs', async () => {
    const { child, ended } = await sounding('hang')
    await new Promise((resolve) => setTimeout(resolve, 300))
    turnAllOff(alarm)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(onOff()).toEqual([false, false])
    child.kill('SIGKILL')
    await ended
  })
})

describe('outputs-off', () => {
  it('leaves lines alone that nobody has taken', () => {
    removeLine(BUZZER)
    turnAllOff(alarm)
    expect([read('export'), read(`gpio${LED}/direction`)]).toEqual(['', 'in'])
  })

  it('switches the light off though the buzzer is on no chip of this board, and then says so', async () => {
    const { child, ended } = await sounding('stay')
    child.kill('SIGKILL')
    await ended
    expect(() => turnAllOff({ ...alarm, buzzer: { ...alarm.buzzer, chip: 'pinctrl-rp1' } })).toThrow('no GPIO chip pinctrl-rp1')
    expect(onOff()).toEqual([true, false])
  })

  it('does nothing where the alarm is no GPIO', () => {
    expect(() => turnAllOff({ ...alarm, output: 'console', buzzer: { ...alarm.buzzer, chip: 'none' } })).not.toThrow()
  })
})
