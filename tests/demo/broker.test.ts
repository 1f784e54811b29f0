import { connectAsync } from 'mqtt'
import { afterEach, describe, expect, it } from 'vitest'
import { type Broker, startBroker } from '../../scripts/demo/broker.js'
import { decision } from '../fleet/examples.js'
import { rig, until } from '../fleet/harness.js'

let broker: Broker | undefined
afterEach(() => broker?.close())

describe('the broker of the demonstration', () => {
  it('shows birth, status and alert of our own daemon, which falls back to MQTT 3.1.1 for it', async () => {
    const started = await startBroker()
    broker = started
    const seen: { topic: string; payload: { rule?: string; status?: string } }[] = []
    started.onPublish((topic, payload) => void seen.push({ topic, payload: JSON.parse(payload.toString()) }))
    const bus = rig({ url: started.url })
    bus.fleet.alert(decision(), bus.clock.wallMs())
    await until(
      () => seen.length >= 3,
      () => bus.said().join('\n'),
    )
    expect(seen.map(({ topic }) => topic.replace('kantuk/test/bus-12/', ''))).toEqual(['birth', 'status', 'alert'])
    expect(seen[2]?.payload.rule).toBe('microsleep')
    expect(bus.states).toEqual([{ state: 'connected', version: 4 }])
    expect(bus.warnings()).toEqual([])
    await bus.fleet.close()
    expect(seen.at(-1)?.payload.status).toBe('offline')
  })

  it('is reachable from this machine only', async () => {
    broker = await startBroker()
    expect(broker.url).toMatch(/^mqtt:\/\/127\.0\.0\.1:\d+$/)
  })

  it('says nothing more once told to stop saying', async () => {
    broker = await startBroker()
    const seen: string[] = []
    const stop = broker.onPublish((topic) => void seen.push(topic))
    const client = await connectAsync(broker.url)
    await client.publishAsync('first', '1', { qos: 1 })
    stop()
    await client.publishAsync('second', '2', { qos: 1 })
    await client.endAsync()
    expect(seen).toEqual(['first'])
  })

  it('ends with clients still connected', async () => {
    const started = await startBroker()
    const client = await connectAsync(started.url, { reconnectPeriod: 0 })
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
    await started.close()
    await closed
  })
})
