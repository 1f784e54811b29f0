/** Places to listen. */
import { createServer, type Server } from 'node:net'

const listening = async (): Promise<Server> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

const portOf = (server: Server): number => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port to be had')
  return address.port
}

const letGo = (server: Server): Promise<unknown> => new Promise((resolve) => server.close(resolve))

/** Two ports of loopback that were free a moment ago. Both are held until both are known: asked for one after the other, they have been the same. */
export const twoFreePorts = async (): Promise<[number, number]> => {
  const [one, other] = [await listening(), await listening()]
  const ports: [number, number] = [portOf(one), portOf(other)]
  await Promise.all([one, other].map(letGo))
  return ports
}

/** A port of loopback that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = await listening()
  const port = portOf(server)
  await letGo(server)
  return port
}
