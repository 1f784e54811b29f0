/** What a button for buzzer and light answers, with the real player on lines that may refuse. */
import { expect, it } from 'vitest'
import { createAlarm } from '../../daemon/alarm/index.js'
import { createSounding } from '../../daemon/wiring/sounding.js'

const pressed = ({ output = 'gpio', refuses = false, warned = false }) => {
  const set = () => {
    if (refuses) throw new Error('alarm.buzzer: the line is gone; check its wire')
  }
  const alarm = createAlarm({ set, close: () => undefined }, { onFault: () => undefined, timers: () => () => undefined })
  if (warned) alarm.show('warn')
  const came = createSounding(alarm, () => output)('buzzer')
  alarm.close()
  return came
}

it('that it sounds, where it does', () => expect(pressed({})).toEqual({ is: 'sounded' }))
it('what the line said, where it refuses', () =>
  expect(pressed({ refuses: true })).toEqual({ is: 'refused', why: 'alarm.buzzer: the line is gone; check its wire' }))
it('that the driver is warned, and is not disturbed', () => expect(pressed({ warned: true })).toEqual({ is: 'busy' }))
it('that there is no output', () => expect(pressed({ output: 'none' })).toEqual({ is: 'no-output' }))
