import { z } from 'zod'
import { chip, line, lineName } from './texts.js'

const activeLow = () => z.boolean().default(false).describe('true where the part is on while the line is low.')

const buzzer = z
  .strictObject({
    chip: chip(),
    line: line().default(17).describe('Line of that chip. On a Pi it is the GPIO number: 17 is pin 11.'),
    lineName: lineName(),
    activeLow: activeLow(),
  })
  .prefault({})
  .describe('The buzzer.')

const led = z
  .strictObject({
    chip: chip(),
    line: line().default(27).describe('Line of that chip. On a Pi it is the GPIO number: 27 is pin 13.'),
    lineName: lineName(),
    activeLow: activeLow(),
  })
  .prefault({})
  .describe('The light.')

export const alarm = z
  .strictObject({
    output: z
      .enum(['gpio', 'console', 'none'])
      .default('gpio')
      .describe('gpio: buzzer and light on GPIO; console: printed, for a desk; none: no alarm at all.'),
    buzzer,
    led,
  })
  .prefault({})
  .describe('How the driver is warned.')
