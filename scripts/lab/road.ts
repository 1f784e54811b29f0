/** The line between vehicle and broker, with what happens to lines on the road. */
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface Road {
  readonly port: number
  /** Bytes that have passed: from the vehicle, and to it. */
  readonly passed: { up: number; down: number }
  /** Whether new connections get through. */
  allow(isAllowed: boolean): void
  /** Cuts every line. */
  cut(): void
  /** Nothing passes any more, but the lines stand: half-open. Lines made later pass. */
  freeze(): void
  /** Each piece is held so long before it passes; 0: none. */
  delay(ms: number): void
  close(): Promise<void>
}

type Line = { near: Socket; far: Socket; frozen: boolean }

/** @param brokerPort on loopback @param port where the road begins; 0: anywhere that is free */
export const openRoad = async (brokerPort: number, port = 0): Promise<Road> => {
  const lines = new Set<Line>()
  let allowed = true
  let delayMs = 0
  const passed = { up: 0, down: 0 }

  const pass = (line: Line, from: Socket, to: Socket): void => {
    from.on('data', (piece) => {
      passed[from === line.near ? 'up' : 'down'] += piece.length
      if (line.frozen) return
      if (delayMs === 0) to.write(piece)
      else setTimeout(() => !line.frozen && !to.destroyed && to.write(piece), delayMs)
    })
  }

  const server: Server = createServer((near) => {
    if (!allowed) {
      near.destroy()
      return
    }
    const far = connect(brokerPort, '127.0.0.1')
    const line: Line = { near, far, frozen: false }
    lines.add(line)
    pass(line, near, far)
    pass(line, far, near)
    const end = () => {
      lines.delete(line)
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) socket.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the road has no port')
  const cut = () => {
    for (const { near, far } of lines) {
      near.destroy()
      far.destroy()
    }
  }

  return {
    port: address.port,
    passed,
    allow: (isAllowed) => {
      allowed = isAllowed
    },
    cut,
    freeze: () => {
      for (const line of lines) line.frozen = true
    },
    delay: (ms) => {
      delayMs = ms
    },
    close: async () => {
      cut()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
