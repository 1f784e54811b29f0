/** Every topic of the contract, in one place, with how each is delivered. */
import { FleetError } from './errors.js'

/** The topics of one vehicle. */
export type Topics = {
  status: string
  birth: string
  alert: string
  health: string
  trip: string
  day: string
  /** Where a command of that name arrives. */
  command: (name: string) => string
  /** The filter for all commands. */
  commands: string
  /** Answers to commands and to `config/set`. */
  result: string
  config: string
  configSet: string
}

/** A topic this daemon publishes on today; each has a schema in docs/schemas. */
export const published = ['status', 'birth', 'alert', 'health', 'trip', 'day', 'result', 'config'] as const
export type Published = (typeof published)[number]

export type Delivery = {
  qos: 0 | 1
  retain: boolean
  /** A broker with MQTT 5 keeps it no longer for a subscriber that is away. */
  expirySeconds?: number
  /** News: it does not wait behind others where the broker takes few at once. */
  isUrgent?: boolean
}

/** How each is delivered. Heartbeats may be lost, everything else is acknowledged by the broker. */
export const delivery: Readonly<Record<Published, Delivery>> = {
  status: { qos: 1, retain: true },
  birth: { qos: 1, retain: true },
  alert: { qos: 1, retain: false },
  trip: { qos: 1, retain: false },
  day: { qos: 1, retain: false },
  // Own: the heartbeat of two minutes ago tells nothing of now.
  health: { qos: 0, retain: false, expirySeconds: 120 },
  // The longest that a command itself may wait.
  result: { qos: 1, retain: false, expirySeconds: 86_400 },
  config: { qos: 1, retain: true },
}

// MQTT 5, 4.7: `/` separates levels, `+` and `#` are wildcards, NUL is forbidden; a space is legal but nobody can type it.
const LEVEL = /^[^/+#\s\0]+$/u

const level = (name: string, value: string): string => {
  if (LEVEL.test(value)) return value
  throw new FleetError(
    'topic-level',
    `${name} "${value}" cannot stand in a topic: use letters, digits, "-" and "_", no "/", "+", "#" or space.`,
  )
}

/**
 * Topics below `kantuk/<fleet>/<vehicle>/`.
 * @throws FleetError `topic-level` when a name cannot be one level of a topic.
 */
export const topicsOf = (fleet: string, vehicle: string): Topics => {
  const base = `kantuk/${level('vehicle.fleet', fleet)}/${level('vehicle.id', vehicle)}`
  return {
    status: `${base}/status`,
    birth: `${base}/birth`,
    alert: `${base}/alert`,
    health: `${base}/health`,
    trip: `${base}/trip`,
    day: `${base}/day`,
    command: (name) => `${base}/command/${level('command', name)}`,
    commands: `${base}/command/+`,
    result: `${base}/result`,
    config: `${base}/config`,
    configSet: `${base}/config/set`,
  }
}
