/** A door between vehicle and broker: shut, connections are refused, as by a broker that is down; open, bytes pass. */
import { connect, createServer, type Server, type Socket } from 'node:net'
import { freePort } from './mosquitto.js'

export interface Gate {
  /** mqtt://localhost:<port>, also while shut. */
  readonly url: string
  open(targetPort: number): Promise<void>
  /** Cuts what passes, and refuses what comes. */
  shut(): Promise<void>
  /** Lets nothing through any more, but leaves the lines standing: a tunnel. */
  freeze(): void
}

/** A gate, shut at first. */
export const createGate = async (): Promise<Gate> => {
  const port = await freePort()
  const sockets = new Set<Socket>()
  let server: Server | null = null
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
  }
  return {
    url: `mqtt://localhost:${port}`,
    open: async (targetPort) => {
      const opened = createServer((near) => {
        const far = keep(connect(targetPort, '127.0.0.1'))
        keep(near).pipe(far).pipe(near)
        near.on('close', () => far.destroy())
        far.on('close', () => near.destroy())
      })
      await new Promise<void>((resolve, reject) => opened.once('error', reject).listen(port, '127.0.0.1', resolve))
      server = opened
    },
    shut: async () => {
      const closing = server
      server = null
      const closed = new Promise<void>((resolve) => (closing === null ? resolve() : closing.close(() => resolve())))
      for (const socket of sockets) socket.destroy()
      await closed
    },
    freeze: () => {
      for (const socket of sockets) socket.unpipe().pause()
    },
  }
}
