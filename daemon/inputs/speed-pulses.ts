/** The speed by pulses on a GPIO line. */
import type { Wire } from '../gpio/index.js'
import { keepLine } from './gpio-line.js'
import { createPulseRate } from './pulse-rate.js'
import type { Input, LineSurroundings } from './types.js'

export type SpeedPulses = Wire & { perKm: number; debounceMs: number }

/** km/h, by the pulses of the last half second or more. */
export const createPulseSpeed = (config: SpeedPulses, { log, now, gpio }: LineSurroundings): Input<number> => {
  let rate = createPulseRate(config.perKm)
  let lastMs = Number.NEGATIVE_INFINITY
  const line = keepLine({
    gpio,
    part: { name: 'speed', key: 'speed.pulses' },
    wire: config,
    edge: 'rising',
    // Not the line's: that waits until the line is quiet, which it never is while the vehicle drives.
    debounceMs: 0,
    log,
    onLevel(isOn, isChange) {
      if (isOn === null) rate = createPulseRate(config.perKm)
      if (!isChange) return
      const atMs = now()
      if (atMs - lastMs < config.debounceMs) return
      lastMs = atMs
      rate.pulse(atMs)
    },
  })
  return {
    read: (nowMs) => rate.read(nowMs),
    async close() {
      line.close()
      rate = createPulseRate(config.perKm)
    },
  }
}
