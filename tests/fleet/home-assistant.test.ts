/** Home Assistant's discovery: one retained message a vehicle, off by default, and nothing in it that we do not publish. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { defaultConfig } from '../../daemon/config/index.js'
import { buildDiscovery, discovery } from '../../daemon/fleet/payloads/home-assistant.js'
import { topicsOf } from '../../daemon/fleet/topics.js'
import { knownOfTheVehicle, ROOT } from './examples.js'
import { rig } from './harness.js'
import { startMosquitto } from './mosquitto.js'
import { subscribe } from './subscriber.js'

const topics = topicsOf('test', 'bus-12')
const { topic, payload } = buildDiscovery('homeassistant', 'test', knownOfTheVehicle, topics)
const text = JSON.stringify(payload)

describe('what Home Assistant is told', () => {
  it('is off by default', () => expect(defaultConfig().fleet.homeAssistant.discovery).toBe(false))

  it('stands on a topic that it looks at, for this vehicle alone', () => {
    expect(topic).toBe('homeassistant/device/kantuk_test_bus-12/config')
    expect(buildDiscovery('homeassistant', 'a.b', knownOfTheVehicle, topics).topic).toBe('homeassistant/device/kantuk_a_b_bus-12/config')
  })

  it('keeps its schema', () => expect(discovery.safeParse(JSON.parse(text)).error).toBeUndefined())

  it('does not make up a version', () => {
    const { payload: device } = buildDiscovery('homeassistant', 'test', { ...knownOfTheVehicle, versions: {} }, topics)
    expect(JSON.stringify(device)).toContain('"sw_version":"unknown"')
    expect(text).toContain('"sw_version":"0.1.0"')
  })

  it('names only topics that we publish on', () => {
    const named = [...text.matchAll(/"kantuk\/[^"]+"/g)].map(([found]) => JSON.parse(found))
    expect(new Set(named)).toEqual(new Set([topics.status, topics.alert, topics.health]))
  })

  it('names only fields that are there', () => {
    const samples = ['health/running', 'alert/microsleep-raised', 'status/online'].map((name) =>
      JSON.parse(readFileSync(join(ROOT, `tests/fleet/samples/valid/${name}.json`), 'utf8')),
    )
    const fields = new Set([...text.matchAll(/value_json\.([\w.]+)/g)].map(([, field = '']) => field))
    expect(fields.size).toBeGreaterThan(6)
    for (const field of fields) {
      const found = samples.some((sample) => field.split('.').reduce((at, key) => at?.[key], sample) !== undefined)
      expect(found, field).toBe(true)
    }
  })

  it('has a unique id for each entity, and all that a device needs', () => {
    const ids = [...text.matchAll(/"unique_id":"([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(payload).toMatchObject({
      device: { identifiers: ['kantuk_test_bus-12'], name: 'bus-12' },
      origin: { name: 'kantukd' },
      components: { connected: { platform: 'binary_sensor', device_class: 'connectivity' }, temperature: { device_class: 'temperature' } },
    })
  })

  it('is retained at the broker on every connect, and only where it is wanted', async () => {
    const { port, url, stop } = await startMosquitto()
    onTestFinished(stop)
    for (const prefix of [undefined, 'homeassistant']) {
      const bus = rig({ url }, prefix === undefined ? {} : { homeAssistantPrefix: prefix })
      await bus.connected()
      await bus.fleet.close()
      const late = await subscribe(port, ['-t', 'homeassistant/#'])
      // What was retained comes before what is published after the subscription.
      await promisify(execFile)('mosquitto_pub', ['-h', 'localhost', '-p', String(port), '-q', '1', '-t', 'homeassistant/last', '-m', '{}'])
      await late.on('last')
      expect(
        late.received.filter((message) => message.topic.startsWith('homeassistant')).map(({ topic, retain }) => [topic, retain]),
      ).toEqual([...(prefix === undefined ? [] : [[topic, 1]]), ['homeassistant/last', 0]])
      await late.stop()
    }
  })
})
