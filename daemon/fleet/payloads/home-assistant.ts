/** What Home Assistant is told so that it shows a vehicle by itself (its MQTT discovery of devices, from version 2024.12 on). Pure. */
import type { Topics } from '../topics.js'
import type { BirthFacts } from './birth.js'

export type Discovery = { topic: string; payload: object }

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
    topic: `${prefix}/device/${device}/config`,
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
