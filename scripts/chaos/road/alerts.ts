/** The fleet's side: every alert that arrives, and comes back after the broker did. */
import { connectAsync, type MqttClient } from 'mqtt'
import { z } from 'zod'

const alert = z.looseObject({
  id: z.string(),
  seq: z.number(),
  rule: z.string(),
  phase: z.string(),
  clock: z.looseObject({ monotonicMs: z.number() }),
})
export type Alert = z.infer<typeof alert>

export interface Alerts {
  /** By id. */
  readonly received: ReadonlyMap<string, Alert>
  /** Subscribes, after the broker came back too; resolves when the broker has acknowledged it. */
  subscribe(): Promise<void>
  close(): Promise<void>
}

/** @param port of the broker itself, not of the road to it */
export const listenForAlerts = (port: number): Alerts => {
  const received = new Map<string, Alert>()
  let client: MqttClient | null = null
  return {
    received,
    async subscribe() {
      client?.end(true)
      client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 })
      client.on('error', () => undefined)
      client.on('message', (_topic, payload) => {
        const event = alert.parse(JSON.parse(payload.toString()))
        received.set(event.id, event)
      })
      await client.subscribeAsync('kantuk/+/+/alert', { qos: 1 })
    },
    async close() {
      await client?.endAsync()
    },
  }
}
