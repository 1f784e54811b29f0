/**
 * What a vehicle's own devices tell it, where an input is by MQTT (`speed.kind: mqtt` and the like): as JSON. That daemon/inputs/messages.ts takes
 * just this is looked at by tests/fleet/inputs-schema.test.ts; it takes the bare words of `ignition` and `driver` too.
 */
import { z } from 'zod'
import { defaultConfig } from '../../daemon/config/index.js'
import type { Message } from './message.js'

const kmh = z.number().min(0).max(300)
const degrees = (most: number) => z.number().min(-most).max(most)
const isOn = z.union([
  z.boolean(),
  z.literal([0, 1]),
  z.string().regex(/^(?:[Oo][Nn]|[Oo][Ff][Ff]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$/),
])
const who = z.union([z.string().regex(/^(?:[\p{L}\p{N}][\p{L}\p{N} ._:@/-]{0,63})?$/u), z.int().min(0), z.null()])

type Told = Pick<Message, 'address' | 'summary' | 'schema'> & { retain: boolean }

const { speed, ignition, position, driver } = defaultConfig()

const told: Readonly<Record<string, Told>> = {
  'input-speed': {
    address: speed.mqtt.topic,
    summary: 'The speed in km/h (speed.mqtt.topic); a retained one is not used, and one that is older than staleSeconds is unknown.',
    schema: z.union([kmh, z.looseObject({ speedKmh: kmh })]),
    retain: false,
  },
  'input-ignition': {
    address: ignition.mqtt.topic,
    summary: 'Whether the ignition is on (ignition.mqtt.topic); unknown while the broker is away. The bare words on and off do as well.',
    schema: z.union([isOn, z.looseObject({ ignition: isOn })]),
    retain: true,
  },
  'input-position': {
    address: position.mqtt.topic,
    summary: 'Where the vehicle is, in degrees, WGS 84 (position.mqtt.topic); a retained one is not used.',
    schema: z.looseObject({ latitude: degrees(90), longitude: degrees(180) }),
    retain: false,
  },
  'input-driver': {
    address: driver.mqtt.topic,
    summary: 'Who drives (driver.mqtt.topic); empty or null: nobody. Bare text does as well.',
    schema: z.union([who, z.looseObject({ driver: who })]),
    retain: true,
  },
}

/** The topics are those of the annotated default; each is another in a vehicle whose configuration says so. */
export const inputMessages: readonly Message[] = Object.entries(told).map(([id, { retain, ...rest }]) => ({
  ...{ id, ...rest, action: 'receive', isAnswered: false },
  // Heard at QoS 0, whatever it is published with.
  delivery: { qos: 0, retain },
}))
