/** The fleet's side: a subscriber that counts what arrives, and comes back after the broker did. */
import { connectAsync, type MqttClient } from 'mqtt'
import { z } from 'zod'

const alert = z.looseObject({ id: z.string(), seq: z.number() })

export interface Counter {
  /** How often each event arrived, by id. */
  readonly received: ReadonlyMap<string, number>
  /** Different messages under the same id: never. */
  readonly conflicts: number
  /** Subscribes, after the broker came back too; resolves when the broker has acknowledged it. */
  subscribe(): Promise<void>
  close(): Promise<void>
}

/** Counts what the fleet's side receives, straight from the broker. */
export const createCounter = (port: number): Counter => {
  const received = new Map<string, number>()
  const seqs = new Map<string, number>()
  let conflicts = 0
  let client: MqttClient | null = null
  return {
    received,
    get conflicts() {
      return conflicts
    },
    subscribe: async () => {
      client?.end(true)
      client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 })
      client.on('error', () => undefined)
      client.on('message', (_topic, payload) => {
        const event = alert.parse(JSON.parse(payload.toString()))
        received.set(event.id, (received.get(event.id) ?? 0) + 1)
        if (seqs.has(event.id) && seqs.get(event.id) !== event.seq) conflicts += 1
        seqs.set(event.id, event.seq)
      })
      await client.subscribeAsync('kantuk/+/+/alert', { qos: 1 })
    },
    close: async () => {
      await client?.endAsync()
    },
  }
}
