/** The acknowledge button on a GPIO line. */
import type { Wire } from '../gpio/index.js'
import { keepLine } from './gpio-line.js'
import type { Input, LineSurroundings } from './types.js'

export type ButtonLine = Wire & { debounceMs: number }

/** Presses so far. Only a change counts: a button that is stuck, or held, is one press. */
export const createButton = (config: ButtonLine, { log, gpio }: LineSurroundings): Input<number> => {
  let presses: number | null = null
  let counted = 0
  const line = keepLine({
    gpio,
    part: { name: 'button', key: 'button.gpio' },
    wire: config,
    edge: 'rising',
    debounceMs: config.debounceMs,
    log,
    onLevel(isOn, isChange) {
      if (isChange) counted += 1
      presses = isOn === null ? null : counted
    },
  })
  return {
    read: () => presses,
    async close() {
      line.close()
      presses = null
    },
  }
}
