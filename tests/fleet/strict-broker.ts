/** A broker that hangs up on who sends more at once than it said it takes, as some do and Mosquitto does not: Mosquitto behind a door that counts. */
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const PUBLISH = 3
const PUBACK = 4

/** The packets in a stream of bytes, whole ones only (MQTT 5, 2.1): type and QoS of each. */
const reader = () => {
  let rest = Buffer.alloc(0)
  return (bytes: Buffer): { type: number; qos: number }[] => {
    rest = Buffer.concat([rest, bytes])
    const found: { type: number; qos: number }[] = []
    for (;;) {
      let length = 0
      let at = 1
      for (let shift = 0; ; shift += 7, at += 1) {
        const digit = rest[at]
        if (digit === undefined) return found
        length += (digit & 127) << shift
        if (digit < 128) break
      }
      const end = at + 1 + length
      if (rest.length < end) return found
      const first = rest[0] ?? 0
      found.push({ type: first >> 4, qos: (first >> 1) & 3 })
      rest = rest.subarray(end)
    }
  }
}

export interface StrictBroker {
  readonly url: string
  close(): Promise<void>
}

/** @param answerMs how long an answer takes, so that messages pile up */
export const startStrictBroker = async (mosquittoPort: number, limit: number, answerMs: number): Promise<StrictBroker> => {
  const server = createServer((near) => {
    const far = connect(mosquittoPort, '127.0.0.1').on('error', () => near.destroy())
    const [asked, answered] = [reader(), reader()]
    let underWay = 0
    near.on('error', () => near.destroy()).on('close', () => far.destroy())
    near.on('data', (bytes) => {
      underWay += asked(bytes).filter(({ type, qos }) => type === PUBLISH && qos === 1).length
      if (underWay > limit) near.destroy()
      else far.write(bytes)
    })
    far.on('data', async (bytes) => {
      await sleep(answerMs)
      underWay -= answered(bytes).filter(({ type }) => type === PUBACK).length
      if (!near.destroyed) near.write(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port to be had')
  return {
    url: `mqtt://localhost:${address.port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
