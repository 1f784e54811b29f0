/** Chooses the way to the lines. To add one: a file that returns a Gpio, a word in config/sections/gpio.ts, an entry here, a caller of tests/gpio/contract.ts. */
import { existsSync } from 'node:fs'
import { createGpiod } from './gpiod/index.js'
import { createSysfs } from './sysfs/index.js'
import { GPIO_ROOT } from './sysfs/numbers.js'
import type { Gpio } from './types.js'

export type Backend = 'auto' | Gpio['name']

const backends: Readonly<Record<Backend, () => Gpio>> = {
  sysfs: createSysfs,
  gpiod: createGpiod,
  // sysfs switches within a microsecond; the tools of libgpiod need some milliseconds, and are for kernels without it
  auto: () => (existsSync(`${GPIO_ROOT}/export`) ? createSysfs() : createGpiod()),
}

/** Takes nothing yet, and never throws. */
export const openGpio = ({ backend }: { backend: Backend }): Gpio => backends[backend]()

export { GpioError } from './errors.js'
export { globalNumber } from './sysfs/numbers.js'
export type { Gpio, InputLine, InputOptions, OutputLine, Part, Wire } from './types.js'
