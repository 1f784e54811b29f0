/** A broker that knows MQTT 3.1.1 only: Mosquitto behind a door that reads the version of each CONNECT. */
import { connect, createServer, type Socket } from 'node:net'

/** CONNACK of MQTT 3.1.1 (3.2.2.3): unacceptable protocol version. */
const REFUSED = Buffer.from([0x20, 2, 0, 1])

export interface OldBroker {
  readonly url: string
  /** Versions asked for, in order: 4 is 3.1.1. */
  readonly asked: readonly number[]
  /** Cuts every line. */
  cut(): void
  close(): Promise<void>
}

/** @param how a word, or hanging up without one: brokers do either */
export const startOldBroker = async (mosquittoPort: number, how: 'says so' | 'hangs up'): Promise<OldBroker> => {
  const asked: number[] = []
  const lines = new Set<Socket>()
  const cut = () => {
    for (const line of lines) line.destroy()
  }
  const server = createServer((near) => {
    lines.add(near)
    near.on('error', () => near.destroy()).on('close', () => lines.delete(near))
    near.once('data', (first) => {
      // The level stands behind the protocol's name (MQTT 3.1.1, 3.1.2.2).
      const version = first[first.indexOf('MQTT') + 4] ?? 0
      asked.push(version)
      if (version > 4) {
        if (how === 'says so') near.end(REFUSED)
        else near.destroy()
        return
      }
      const far = connect(mosquittoPort, '127.0.0.1').on('error', () => near.destroy())
      far.write(first)
      near.pipe(far).pipe(near)
      near.on('close', () => far.destroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port to be had')
  return {
    url: `mqtt://localhost:${address.port}`,
    asked,
    cut,
    close: async () => {
      cut()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
