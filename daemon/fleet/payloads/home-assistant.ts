/** What Home Assistant is told so that it shows a vehicle by itself (its MQTT discovery of devices, from version 2024.12 on). Pure. */
import { z } from 'zod'
import type { Delivery, Topics } from '../topics.js'
import type { BirthFacts } from './birth.js'

const entity = z.looseObject({
  platform: z.enum(['sensor', 'binary_sensor']),
  unique_id: z.string().min(1),
  name: z.string().min(1),
  state_topic: z.string().min(1),
  value_template: z.string().min(1),
})

export const discovery = z
  .strictObject({
    device: z.strictObject({
      identifiers: z.array(z.string().min(1)).min(1),
      name: z.string().min(1),
      manufacturer: z.string(),
      model: z.string(),
      sw_version: z.string(),
    }),
    origin: z.strictObject({ name: z.string(), sw_version: z.string() }),
    components: z.record(z.string(), entity).describe('the entities, by their names'),
  })
  .describe('A device as Home Assistant finds it, from version 2024.12 on. QoS 1, retained.')

export type Discovery = { topic: string; payload: z.infer<typeof discovery> }

type Reading = {
  name: string
  /** Of a heartbeat. */
  value: string
  unit?: string
  deviceClass?: string
}

/** Readings of the heartbeat, by the name of their entity. */
const readings: Readonly<Record<string, Reading>> = {
  fps: { name: 'Frames a second', value: 'fps', unit: 'fps' },
  coverage: { name: 'Eyes seen in the last minute', value: 'coverage * 100', unit: '%' },
  perclos: { name: 'PERCLOS in the last minute', value: 'drowsiness.perclos60 * 100', unit: '%' },
  temperature: { name: 'Processor', value: 'temperatureCelsius', unit: '°C', deviceClass: 'temperature' },
  waiting: { name: 'Events waiting', value: 'outboxDepth' },
}

/** Where Home Assistant looks for a device. @param prefix of its discovery topics */
export const discoveryTopic = (prefix: string, device: string): string => `${prefix}/device/${device}/config`

export const discoveryDelivery: Delivery = { qos: 1, retain: true }

/** A figure that a heartbeat leaves out is unknown, which Home Assistant takes as the word None. */
const template = ({ value }: Reading): string => {
  const [path = ''] = value.split(' ')
  const parents = path.split('.').map((_, n, parts) => `value_json.${parts.slice(0, n + 1).join('.')} is defined`)
  return `{{ (value_json.${value}) | round(1) if ${parents.join(' and ')} else None }}`
}

const availability = (status: string) => [
  { topic: status, value_template: '{{ value_json.status }}', payload_available: 'online', payload_not_available: 'offline' },
]

/**
 * One device with its entities; retained, so that Home Assistant finds it after its own restart.
 * @param prefix of Home Assistant's discovery topics
 */
export const buildDiscovery = (prefix: string, fleet: string, facts: BirthFacts, topics: Topics): Discovery => {
  const device = `kantuk_${fleet}_${facts.vehicle}`.replaceAll(/[^\w-]/g, '_')
  const version = facts.versions.kantukd ?? 'unknown'
  const sensors = Object.entries(readings).map(([id, reading]) => [
    id,
    {
      platform: 'sensor',
      unique_id: `${device}_${id}`,
      name: reading.name,
      state_topic: topics.health,
      value_template: template(reading),
      ...(reading.unit === undefined ? {} : { unit_of_measurement: reading.unit, state_class: 'measurement' }),
      ...(reading.deviceClass === undefined ? {} : { device_class: reading.deviceClass }),
      availability: availability(topics.status),
    },
  ])
  return {
    topic: discoveryTopic(prefix, device),
    payload: {
      device: { identifiers: [device], name: facts.vehicle, manufacturer: 'kantukd', model: facts.hardware.machine, sw_version: version },
      origin: { name: 'kantukd', sw_version: version },
      components: {
        connected: {
          platform: 'binary_sensor',
          unique_id: `${device}_connected`,
          name: 'Connected',
          device_class: 'connectivity',
          state_topic: topics.status,
          value_template: "{{ 'ON' if value_json.status == 'online' else 'OFF' }}",
        },
        alarm: {
          platform: 'sensor',
          unique_id: `${device}_alarm`,
          name: 'Level of the alarm',
          state_topic: topics.alert,
          value_template: "{{ 0 if value_json.phase == 'ended' else value_json.level }}",
          json_attributes_topic: topics.alert,
          availability: availability(topics.status),
        },
        ...Object.fromEntries(sensors),
      },
    },
  }
}
