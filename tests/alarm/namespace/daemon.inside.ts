/** The real daemon on the drawn driver: the line goes up with the alarm, and down on every way out. */
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../fleet/harness.js'
import { alarmed } from './alarmed.js'
import { BUZZER, isOn, LED, putTree } from './tree.js'

const onOff = (): boolean[] => [isOn(BUZZER), isOn(LED)]

beforeEach(putTree)

describe('the daemon', () => {
  it.each([
    ['SIGTERM', 1],
    ['SIGTERM', 2],
    ['SIGQUIT', 1],
  ] as const)('has buzzer and light on in the alarm, and off after %s sent %i times', async (signal, times) => {
    const { child, ended } = await alarmed()
    expect(onOff()).toEqual([true, true])
    for (let sent = 0; sent < times; sent++) {
      child.kill(signal)
      await sleep(20)
    }
    expect((await ended) ?? []).toEqual([0, null])
    expect(onOff()).toEqual([false, false])
  })

  it('has them off within 2 s after SIGKILL, with nobody but the keepers of the lines to do it', async () => {
    const { child, ended } = await alarmed()
    expect(onOff()).toEqual([true, true])
    child.kill('SIGKILL')
    await ended
    await until(
      () => !isOn(BUZZER) && !isOn(LED),
      () => `still ${onOff()}`,
      2000,
    )
  })
})
