import { z } from 'zod'
import { chipLabel } from './texts.js'

// 511: no chip on a Pi or Jetson has more lines; the chip's true number is checked when the line is taken.
const line = () => z.int().min(0).max(511)
const activeLow = () => z.boolean().default(false).describe('true where the part is on while the line is low.')

const chip = () =>
  chipLabel()
    .default('pinctrl-bcm2711')
    .describe('Label of the GPIO chip. Pi 4: pinctrl-bcm2711; Pi 5: pinctrl-rp1; list: cat /sys/class/gpio/gpiochip*/label')

const buzzer = z
  .strictObject({
    chip: chip(),
    line: line().default(17).describe('Line of that chip. On a Pi it is the GPIO number: 17 is pin 11.'),
    activeLow: activeLow(),
  })
  .prefault({})
  .describe('The buzzer.')

const led = z
  .strictObject({
    chip: chip(),
    line: line().default(27).describe('Line of that chip. On a Pi it is the GPIO number: 27 is pin 13.'),
    activeLow: activeLow(),
  })
  .prefault({})
  .describe('The light.')

export const alarm = z
  .strictObject({
    output: z
      .enum(['onoff', 'console', 'none'])
      .default('onoff')
      .describe('onoff: buzzer and light on GPIO; console: printed, for a desk; none: no alarm at all.'),
    buzzer,
    led,
  })
  .prefault({})
  .describe('How the driver is warned.')
