/** What the vehicle tells, with sources that can be exchanged for others. */
import type { Config } from '../config/index.js'
import { openGpio } from '../gpio/index.js'
import { createInputs, type VehicleInputs } from '../inputs/index.js'
import type { Log } from '../inputs/types.js'

export interface ExchangeableInputs extends VehicleInputs {
  /** Gives the old sources back and takes others; meanwhile all is unknown. Rejects where a line cannot be had, with the old ones back. */
  take(config: Config): Promise<void>
}

/** Nothing is known; unknown is active. */
const unknown: VehicleInputs = {
  read: () => ({ speedKmh: null, acknowledged: false }),
  ignition: () => null,
  context: () => undefined,
  known: () => ({ speed: 'unknown', button: 'unknown', ignition: 'unknown' }),
  close: async () => undefined,
}

/** @param given what each source is given, but for the way to the lines, which the configuration names */
export const createExchangeableInputs = (config: Config, given: { log: Log; now(): number }): ExchangeableInputs => {
  /** Lines are taken at once: what is said of them meanwhile is why one cannot be had. */
  const open = (wanted: Config): { inputs: VehicleInputs; faults: string[] } => {
    const faults: string[] = []
    let isOpening = true
    const warn = (message: string): void => {
      if (isOpening) faults.push(message)
      given.log.warn(message)
    }
    const { log, now } = given
    const listening: Log = { debug: (message) => log.debug(message), info: (message) => log.info(message), warn }
    const inputs = createInputs(wanted, { log: listening, now, gpio: openGpio(wanted.gpio) })
    isOpening = false
    return { inputs, faults }
  }

  let inForce = config
  let current = open(config).inputs
  let closed = false

  const exchange = async (wanted: Config): Promise<string[]> => {
    const old = current
    current = unknown
    await old.close()
    if (closed) return []
    const { inputs, faults } = open(wanted)
    current = inputs
    return faults
  }

  return {
    read: (nowMs) => current.read(nowMs),
    ignition: (nowMs) => current.ignition(nowMs),
    context: (nowMs) => current.context(nowMs),
    known: (nowMs) => current.known(nowMs),
    async take(wanted) {
      const faults = await exchange(wanted)
      if (faults.length > 0) {
        await exchange(inForce)
        throw new Error(faults.join(' '))
      }
      inForce = wanted
    },
    async close() {
      closed = true
      await current.close()
    },
  }
}
