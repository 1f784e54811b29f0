/**
 * What the vehicle tells: speed, button, ignition. Chooses the sources that the configuration names and reads them together.
 * To add a source: a file that returns an Input, a word in config/sections/inputs.ts, an entry here, a caller of tests/inputs/contract.ts.
 */
import type { Config } from '../config/schema.js'
import type { Context, LinkConfig } from '../fleet/index.js'
import type { Inputs } from '../judgement/rule.js'
import { createButton } from './button-gpio.js'
import { createMqttDriver } from './driver-mqtt.js'
import { createGpioIgnition } from './ignition-gpio.js'
import { createMqttIgnition } from './ignition-mqtt.js'
import type { Position } from './messages.js'
import { createNoInput } from './none.js'
import { createTeller } from './once.js'
import { createGpsdPosition } from './position-gpsd.js'
import { createMqttPosition } from './position-mqtt.js'
import { createMqttSpeed } from './speed-mqtt.js'
import { createPulseSpeed } from './speed-pulses.js'
import type { Input, LineSurroundings, Surroundings } from './types.js'

type Sources = Pick<Config, 'speed' | 'button' | 'ignition' | 'position' | 'driver' | 'fleet' | 'vehicle'>

/** Whether an input is there, and whether what it tells is known now. */
export type Known = 'none' | 'known' | 'unknown'

export interface VehicleInputs {
  /** What the judgement takes, for the observation of this moment. A press of the button is told once. */
  read(nowMs: number): Inputs
  /** Whether the ignition is on; null when unknown, when not asked for, and when it is said to be off while the vehicle drives. */
  ignition(nowMs: number): boolean | null
  /** What is known beside, for the events of this moment; undefined: nothing. */
  context(nowMs: number): Context | undefined
  /** Position and driver only where they are asked for. */
  known(nowMs: number): { speed: Known; button: Known; ignition: Known; position?: Known; driver?: Known }
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

const positions: Readonly<Record<Config['position']['kind'], (config: Sources, given: Surroundings) => Input<Position>>> = {
  none: createNoInput,
  mqtt: (config, given) => {
    const { mqtt, staleSeconds } = config.position
    return createMqttPosition({ topic: mqtt.topic, staleSeconds }, brokerOf(config, mqtt.url), clientIdOf(config, 'position'), given)
  },
  gpsd: ({ position }, given) => createGpsdPosition({ ...position.gpsd, staleSeconds: position.staleSeconds }, given),
}

const drivers: Readonly<Record<Config['driver']['kind'], (config: Sources, given: Surroundings) => Input<string>>> = {
  none: createNoInput,
  mqtt: (config, given) => {
    const { mqtt, staleSeconds } = config.driver
    return createMqttDriver({ topic: mqtt.topic, staleSeconds }, brokerOf(config, mqtt.url), clientIdOf(config, 'driver'), given)
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

// A metre, and a tenth of a km/h: more digits are no knowledge.
const DEGREES_DIGITS = 5
const SPEED_DIGITS = 1

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

const contextOf = (position: Position | null, speedKmh: number | null, driver: string | null): Context | undefined => {
  if (position === null && speedKmh === null && driver === null) return undefined
  return {
    ...(position === null
      ? {}
      : { position: { latitude: rounded(position.latitude, DEGREES_DIGITS), longitude: rounded(position.longitude, DEGREES_DIGITS) } }),
    ...(speedKmh === null ? {} : { speedKmh: rounded(speedKmh, SPEED_DIGITS) }),
    ...(driver === null ? {} : { driver }),
  }
}

// Euro NCAP 2026 has driver monitoring active from here on: who drives so fast is watched, whatever a broken wire says of the ignition.
const DRIVES_FROM_KMH = 20

/** Never throws: an input that is at fault is named in the log, unknown until it is well, and tried again by itself. */
export const createInputs = (config: Sources, given: LineSurroundings): VehicleInputs => {
  const speed = speeds[config.speed.kind](config, given)
  const button = buttons[config.button.kind](config, given)
  const ignition = ignitions[config.ignition.kind](config, given)
  const position = positions[config.position.kind](config, given)
  const driver = drivers[config.driver.kind](config, given)
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
      ...(config.position.kind === 'none' ? {} : { position: knownOf(config.position.kind, position.read(nowMs)) }),
      ...(config.driver.kind === 'none' ? {} : { driver: knownOf(config.driver.kind, driver.read(nowMs)) }),
    }),
    context: (nowMs) => contextOf(position.read(nowMs), speed.read(nowMs), driver.read(nowMs)),
    async close() {
      await Promise.all([speed, button, ignition, position, driver].map((input) => input.close()))
    },
  }
}
