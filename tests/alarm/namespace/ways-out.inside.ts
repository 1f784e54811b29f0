import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { configuredLines, turnOff } from '../../../daemon/alarm/off.js'
import { defaultConfig } from '../../../daemon/config/index.js'
import { until } from '../../fleet/harness.js'
import { childrenOf } from '../../gpio/keepers.js'
import { sounding } from './start.js'
import { BUZZER, isOn, LED, putTree, read, removeLine } from './tree.js'

const { alarm, gpio } = defaultConfig()
const turnAllOff = () => turnOff(configuredLines({ alarm, gpio }))
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

  it('within 2 s after SIGKILL, by the keepers of the lines alone', async () => {
    const { child } = await sounding('stay')
    expect(onOff()).toEqual([true, true])
    child.kill('SIGKILL')
    await until(
      () => !isOn(BUZZER) && !isOn(LED),
      () => `still ${onOff()}`,
      2000,
    )
  })

  it('within 2 s after SIGABRT to all while the daemon hangs, as systemd does when the watchdog is not fed', async () => {
    const { child } = await sounding('hang')
    await sleep(300)
    expect(onOff()).toEqual([true, true])
    for (const pid of [...childrenOf(child.pid ?? 0), child.pid ?? 0]) process.kill(pid, 'SIGABRT')
    await until(
      () => !isOn(BUZZER) && !isOn(LED),
      () => `still ${onOff()}`,
      2000,
    )
  })

  it('after SIGKILL though a keeper was killed before: it had come back at the next step', async () => {
    const { child } = await sounding('stay')
    for (const keeper of childrenOf(child.pid ?? 0)) process.kill(keeper, 'SIGKILL')
    await sleep(1500)
    expect(onOff()).toEqual([true, true])
    child.kill('SIGKILL')
    await until(
      () => !isOn(BUZZER) && !isOn(LED),
      () => `still ${onOff()}`,
      2000,
    )
  })

  it('after SIGKILL of daemon and keepers at once, when outputs-off has run', async () => {
    const { child, ended } = await sounding('stay')
    const keepers = childrenOf(child.pid ?? 0)
    for (const pid of keepers) process.kill(pid, 'SIGSTOP')
    child.kill('SIGKILL')
    await ended
    for (const pid of keepers) process.kill(pid, 'SIGKILL')
    expect(onOff()).toEqual([true, true])
    turnAllOff()
    expect(onOff()).toEqual([false, false])
  })

  it('when outputs-off has run while the daemon hangs', async () => {
    const { child, ended } = await sounding('hang')
    await new Promise((resolve) => setTimeout(resolve, 300))
    turnAllOff()
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(onOff()).toEqual([false, false])
    child.kill('SIGKILL')
    await ended
  })
})

describe('outputs-off', () => {
  it('leaves lines alone that nobody has taken', () => {
    removeLine(BUZZER)
    expect(turnAllOff()).toEqual([])
    expect([read('export'), read(`gpio${LED}/direction`)]).toEqual(['', 'in'])
  })

  it('switches the light off though the buzzer is on no chip of this board, and then says so', async () => {
    const { child, ended } = await sounding('stay')
    const lines = configuredLines({ gpio, alarm: { ...alarm, buzzer: { ...alarm.buzzer, chip: 'pinctrl-rp1' } } })
    expect(turnOff(lines)).toEqual([expect.objectContaining({ message: expect.stringContaining('no GPIO chip pinctrl-rp1') })])
    expect(onOff()).toEqual([true, false])
    child.kill('SIGTERM')
    await ended
  })

  it('does nothing where the alarm is no GPIO', () => {
    expect(turnOff(configuredLines({ gpio, alarm: { ...alarm, output: 'console', buzzer: { ...alarm.buzzer, chip: 'none' } } }))).toEqual(
      [],
    )
  })
})
