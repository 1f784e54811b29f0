/** The broker of the demonstration: aedes, inside the process, reachable from this machine only. */
import { createServer } from 'node:net'
import { Aedes, type AedesPublishPacket, type Client } from 'aedes'

export interface Broker {
  /** mqtt://127.0.0.1:<a free port> */
  readonly url: string
  /** Calls back with every message that clients publish, as it arrives; returns what ends that. */
  onPublish(callback: (topic: string, payload: Buffer, retain: boolean) => void): () => void
  /** Ends it and its connections. */
  close(): Promise<void>
}

const LOOPBACK = '127.0.0.1'

/** Starts it; resolves once it listens. @throws what the system says when it cannot listen */
export const startBroker = async (): Promise<Broker> => {
  const aedes = await Aedes.createBroker()
  const server = createServer(aedes.handle)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, LOOPBACK, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The broker of the demonstration listens, but on no port.')
  return {
    url: `mqtt://${LOOPBACK}:${address.port}`,
    onPublish: (callback) => {
      const listener = (packet: AedesPublishPacket, client: Client | null): void => {
        // Without a client it is the broker's own ($SYS), or a last will, which is worth telling.
        if (client === null && packet.topic.startsWith('$SYS')) return
        callback(packet.topic, Buffer.from(packet.payload), packet.retain)
      }
      aedes.on('publish', listener)
      return () => aedes.off('publish', listener)
    },
    close: async () => {
      await new Promise<void>((resolve) => aedes.close(resolve))
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
