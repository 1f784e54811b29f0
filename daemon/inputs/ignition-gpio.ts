/** The ignition on a GPIO line. */
import type { Wire } from '../gpio/index.js'
import { keepLine } from './gpio-line.js'
import type { Input, LineSurroundings } from './types.js'

export type IgnitionLine = Wire & { debounceMs: number }

/** Whether the ignition is on. Known as soon as this returns, where the line can be had. */
export const createGpioIgnition = (config: IgnitionLine, { log, gpio }: LineSurroundings): Input<boolean> => {
  let isOn: boolean | null = null
  const line = keepLine({
    gpio,
    part: { name: 'ignition', key: 'ignition.gpio' },
    wire: config,
    edge: 'both',
    debounceMs: config.debounceMs,
    log,
    onLevel(level) {
      isOn = level
    },
  })
  return {
    read: () => isOn,
    async close() {
      line.close()
      isOn = null
    },
  }
}
