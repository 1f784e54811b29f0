import { openGpio } from '../../../daemon/gpio/index.js'
import { BUZZER, isOn } from '../../alarm/namespace/tree.js'
import { describeGpio } from '../../gpio/contract.js'
import { putChangingLines } from './lines.js'

describeGpio('sysfs', () => {
  const [five] = putChangingLines()
  return {
    gpio: openGpio({ backend: 'sysfs' }),
    output: { chip: 'pinctrl-bcm2711', line: 17, activeLow: false },
    isOn: () => isOn(BUZZER),
    input: five.wire,
    change: (isOn) => five.set(isOn ? 1 : 0),
  }
})
