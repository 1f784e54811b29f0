import { z } from 'zod'

export const gpio = z
  .strictObject({
    backend: z
      .enum(['auto', 'sysfs', 'gpiod'])
      .default('auto')
      .describe(
        'sysfs: /sys/class/gpio, the quickest; gpiod: the tools of libgpiod (apt install gpiod); auto: sysfs where the kernel has it.',
      ),
  })
  .prefault({})
  .describe('The way to the GPIO lines of alarm, speed, button and ignition.')
