/**
 * What the vehicle tells: speed, button, ignition. Chooses the sources that the configuration names and reads them together.
 * To add a source: a file that returns an Input, a word in config/sections/inputs.ts, an entry here, a caller of tests/inputs/contract.ts.
 */
import type { Config } from '../config/schema.js'
import type { LinkConfig } from '../fleet/index.js'
import type { Inputs } from '../judgement/rule.js'
import { createButton } from './button-gpio.js'
import { createGpioIgnition } from './ignition-gpio.js'
import { createMqttIgnition } from './ignition-mqtt.js'
import { createNoInput } from './none.js'
import { createTeller } from './once.js'
import { createMqttSpeed } from './speed-mqtt.js'
import { createPulseSpeed } from './speed-pulses.js'
import type { Input, LineSurroundings } from './types.js'

type Sources = Pick<Config, 'speed' | 'button' | 'ignition' | 'fleet' | 'vehicle'>

/** Whether an input is there, and whether what it tells is known now. */
export type Known = 'none' | 'known' | 'unknown'

export interface VehicleInputs {
  /** What the judgement takes, for the observation of this moment. A press of the button is told once. */
  read(nowMs: number): Inputs
  /** Whether the ignition is on; null when unknown, when not asked for, and when it is said to be off while the vehicle drives. */
  ignition(nowMs: number): boolean | null
  known(nowMs: number): { speed: Known; button: Known; ignition: Known }
  /** Never rejects. */
  close(): Promise<void>
}

const speeds: Readonly<Record<Config['speed']['kind'], (config: Sources, given: LineSurroundings) => Input<number>>> = {
  none: createNoInput,
  mqtt: (config, given) => {
    const { url, ...topic } = config.speed.mqtt
    return createMqttSpeed(topic, brokerOf(config, url), clientIdOf(config, 'speed'), given)
  },
  pulses: ({ speed }, given) => createPulseSpeed(speed.pulses, given),
}

const buttons: Readonly<Record<Config['button']['kind'], (config: Sources, given: LineSurroundings) => Input<number>>> = {
  none: createNoInput,
  gpio: ({ button }, given) => createButton(button.gpio, given),
}

const ignitions: Readonly<Record<Config['ignition']['kind'], (config: Sources, given: LineSurroundings) => Input<boolean>>> = {
  none: createNoInput,
  gpio: ({ ignition }, given) => createGpioIgnition(ignition.gpio, given),
  mqtt: (config, given) => {
    const { topic, url } = config.ignition.mqtt
    return createMqttIgnition(topic, brokerOf(config, url), clientIdOf(config, 'ignition'), given)
  },
}

/** A broker in the vehicle needs no login; that of the fleet has its own. */
const brokerOf = ({ fleet }: Sources, url: string | null): LinkConfig =>
  url === null
    ? { ...fleet, clientId: null }
    : { url, keepaliveSeconds: fleet.keepaliveSeconds, connectTimeoutSeconds: fleet.connectTimeoutSeconds }

/** A name of its own: a broker puts out the first of two clients of one name. */
const clientIdOf = ({ fleet, vehicle }: Sources, what: string): string =>
  `${fleet.clientId ?? `kantuk-${vehicle.fleet}-${vehicle.id}`}-${what}`

// Euro NCAP 2026 has driver monitoring active from here on: who drives so fast is watched, whatever a broken wire says of the ignition.
const DRIVES_FROM_KMH = 20

/** Never throws: an input that is at fault is named in the log, unknown until it is well, and tried again by itself. */
export const createInputs = (config: Sources, given: LineSurroundings): VehicleInputs => {
  const speed = speeds[config.speed.kind](config, given)
  const button = buttons[config.button.kind](config, given)
  const ignition = ignitions[config.ignition.kind](config, given)
  const teller = createTeller(given.log.warn.bind(given.log), given.log.debug.bind(given.log))
  let heard = button.read(given.now()) ?? 0
  const knownOf = (kind: string, value: unknown): Known => (kind === 'none' ? 'none' : value === null ? 'unknown' : 'known')
  return {
    read(nowMs) {
      const presses = button.read(nowMs) ?? heard
      const acknowledged = presses > heard
      heard = presses
      return { speedKmh: speed.read(nowMs), acknowledged }
    },
    ignition(nowMs) {
      const isOn = ignition.read(nowMs)
      const kmh = speed.read(nowMs)
      if (isOn !== false || kmh === null || kmh < DRIVES_FROM_KMH) {
        if (isOn === true) teller.well()
        return isOn
      }
      teller.fault('The ignition is said to be off while the vehicle drives: it is not believed; check its wire.')
      return null
    },
    known: (nowMs) => ({
      speed: knownOf(config.speed.kind, speed.read(nowMs)),
      button: knownOf(config.button.kind, button.read(nowMs)),
      ignition: knownOf(config.ignition.kind, ignition.read(nowMs)),
    }),
    async close() {
      await Promise.all([speed.close(), button.close(), ignition.close()])
    },
  }
}
