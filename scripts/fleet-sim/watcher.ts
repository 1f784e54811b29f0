/** The fleet's side: everything that arrives, by vehicle, and how long it took. */
import { connectAsync } from 'mqtt'
import { z } from 'zod'
import { FLEET } from './vehicle.js'

const alert = z.looseObject({ id: z.string() })
const status = z.looseObject({ status: z.string(), cause: z.string().optional() })

export type Seen = { births: number; online: number; lost: number; stopped: number }
export type Traffic = { messages: number; topicBytes: number; payloadBytes: number }

export interface Watcher {
  /** What was said of each vehicle, by its id. */
  readonly vehicles: ReadonlyMap<string, Seen>
  /** How often each event arrived, by its id. */
  readonly alerts: ReadonlyMap<string, number>
  /** ms from an event's making to its arrival. */
  readonly latenciesMs: readonly number[]
  readonly traffic: ReadonlyMap<string, Traffic>
  close(): Promise<void>
}

/** @param madeAt when an event was made, by its id, on the clock of performance.now */
export const watch = async (url: string, madeAt: ReadonlyMap<string, number>): Promise<Watcher> => {
  const vehicles = new Map<string, Seen>()
  const alerts = new Map<string, number>()
  const traffic = new Map<string, Traffic>()
  const latenciesMs: number[] = []
  const client = await connectAsync(url, { protocolVersion: 5, reconnectPeriod: 0, properties: { receiveMaximum: 65_535 } })

  const hearStatus = (seen: Seen, payload: Buffer): void => {
    const said = status.parse(JSON.parse(payload.toString()))
    if (said.status === 'online') seen.online += 1
    else if (said.cause === 'lost') seen.lost += 1
    else seen.stopped += 1
  }
  const hearAlert = (payload: Buffer): void => {
    const { id } = alert.parse(JSON.parse(payload.toString()))
    const times = alerts.get(id) ?? 0
    alerts.set(id, times + 1)
    const made = madeAt.get(id)
    if (times === 0 && made !== undefined) latenciesMs.push(performance.now() - made)
  }

  client.on('message', (topic, payload) => {
    const [, , vehicle = '', kind = ''] = topic.split('/')
    const seen = vehicles.get(vehicle) ?? { births: 0, online: 0, lost: 0, stopped: 0 }
    vehicles.set(vehicle, seen)
    const { messages, topicBytes, payloadBytes } = traffic.get(kind) ?? { messages: 0, topicBytes: 0, payloadBytes: 0 }
    traffic.set(kind, { messages: messages + 1, topicBytes: topicBytes + topic.length, payloadBytes: payloadBytes + payload.length })
    if (kind === 'birth') seen.births += 1
    else if (kind === 'status') hearStatus(seen, payload)
    else if (kind === 'alert') hearAlert(payload)
  })
  await client.subscribeAsync(`kantuk/${FLEET}/+/+`, { qos: 1 })
  return { vehicles, alerts, latenciesMs, traffic, close: () => client.endAsync() }
}

/** What a subscriber that comes now is told at once, by vehicle: the retained messages. */
export const retained = async (url: string, settleMs: number): Promise<ReadonlyMap<string, Seen>> => {
  const late = await watch(url, new Map())
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  await late.close()
  return late.vehicles
}
