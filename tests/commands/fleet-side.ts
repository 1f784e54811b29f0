/** The fleet's desk, for tests: asks a vehicle over a real broker and hears its answers. */
import { connectAsync } from 'mqtt'
import { z } from 'zod'
import { until } from '../fleet/harness.js'

const result = z.looseObject({
  transaction: z.string().nullable(),
  command: z.string(),
  ok: z.boolean(),
  data: z.record(z.string(), z.unknown()).optional(),
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
})
export type Told = z.infer<typeof result>

export interface Desk {
  /** Sends and waits for the answer under that transaction: one of its own, unless the request names one. */
  ask(topic: string, request?: object, withinMs?: number): Promise<Told>
  /** Sends bytes as they are. */
  publish(topic: string, payload: string | Buffer, retain?: boolean): Promise<void>
  /** The newest payload on a topic of the vehicle. */
  newest(topic: string): Record<string, unknown> | undefined
  readonly results: readonly Told[]
  close(): Promise<void>
}

export const openDesk = async (url: string, vehicle: string): Promise<Desk> => {
  const base = `kantuk/test/${vehicle}`
  const client = await connectAsync(url)
  const results: Told[] = []
  const newest = new Map<string, Record<string, unknown>>()
  client.on('message', (topic, payload) => {
    const told = z.record(z.string(), z.unknown()).parse(JSON.parse(payload.toString()))
    newest.set(topic.slice(base.length + 1), told)
    if (topic === `${base}/result`) results.push(result.parse(told))
  })
  await client.subscribeAsync([`${base}/result`, `${base}/config`, `${base}/birth`, `${base}/status`, `${base}/alert`], { qos: 1 })
  let transactions = 0
  const publish: Desk['publish'] = async (topic, payload, retain = false) => {
    await client.publishAsync(`${base}/${topic}`, payload, { qos: 1, retain })
  }
  return {
    results,
    publish,
    newest: (topic) => newest.get(topic),
    async ask(topic, request = {}, withinMs = 10_000) {
      transactions += 1
      const asked = { transaction: `desk-${transactions}`, expires: new Date(Date.now() + 120_000).toISOString(), ...request }
      const { transaction } = asked
      await publish(topic, JSON.stringify(asked))
      const mine = () => results.find((told) => told.transaction === transaction)
      await until(
        () => mine() !== undefined,
        () => `no answer to ${topic}: ${JSON.stringify(results)}`,
        withinMs,
      )
      const told = mine()
      if (told === undefined) throw new Error('no answer')
      return told
    },
    close: () => client.endAsync(true),
  }
}
