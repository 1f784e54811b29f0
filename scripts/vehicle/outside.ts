/** The fleet's side of the box: Mosquitto, a road to it that can be closed, and a subscriber that keeps what arrives. */
import { connectAsync } from 'mqtt'
import { z } from 'zod'
import { startBroker } from '../lab/broker.js'
import { freePort } from '../lab/free-port.js'
import { openRoad, type Road } from '../lab/road.js'
import type { Numbered } from './account.js'

const numbered = z.looseObject({ seq: z.number().int(), id: z.string() })

export type Arrived = { atMs: number; topic: string; payload: Record<string, unknown> }

export interface Outside {
  readonly road: Road
  /** Everything below the box's topics, in order; the last part of the topic. */
  readonly arrived: readonly Arrived[]
  /** Of these, what came out of the outbox. */
  numbered(): Numbered[]
  close(): Promise<void>
}

/** @param port where the box looks for the broker: 10.0.2.2 inside is this machine's loopback */
export const openOutside = async (port: number): Promise<Outside> => {
  const brokerPort = await freePort()
  const broker = await startBroker(brokerPort)
  const road = await openRoad(brokerPort, port)
  const arrived: Arrived[] = []
  const client = await connectAsync(`mqtt://127.0.0.1:${brokerPort}`)
  client.on('message', (topic, payload) => {
    const text = payload.toString()
    if (text === '') return
    arrived.push({
      atMs: performance.now(),
      topic: topic.split('/').slice(3).join('/'),
      payload: z.record(z.string(), z.unknown()).parse(JSON.parse(text)),
    })
  })
  await client.subscribeAsync('kantuk/box/vehicle/#', { qos: 1 })
  return {
    road,
    arrived,
    numbered: () =>
      arrived.flatMap(({ payload }) => {
        const read = numbered.safeParse(payload)
        return read.success ? [{ seq: read.data.seq, id: read.data.id }] : []
      }),
    async close() {
      await client.endAsync()
      await road.close()
      await broker.kill()
    },
  }
}
