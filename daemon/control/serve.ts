/** The service's side: hears wishes of commands on this machine. */
import { chmodSync, unlinkSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { isCode, reasonOf } from '../reason-of.js'
import { type ControlCode, type Reply, type Wish, wish } from './messages.js'

// Own: no wish is as long, and no command is as slow.
const MOST_CHARACTERS = 1000
const WITHIN_MS = 5000

export type Grant = (wish: Wish) => Promise<Reply>

const nonsense: Reply = {
  answer: 'refused',
  code: 'bad-wish' satisfies ControlCode,
  message: 'this service does not know the wish; is the command of another version?',
}

function parsed(line: string): Wish | null {
  try {
    return wish.safeParse(JSON.parse(line)).data ?? null
  } catch {
    // Not JSON: answered as any other nonsense.
    return null
  }
}

async function granted(line: string, grant: Grant): Promise<Reply> {
  const asked = parsed(line)
  if (asked === null) return nonsense
  return grant(asked).catch((fault: unknown) => ({
    answer: 'refused',
    code: fault instanceof Error && 'code' in fault ? String(fault.code) : 'failed',
    message: reasonOf(fault),
  }))
}

function hear(socket: Socket, grant: Grant): void {
  let text = ''
  socket.setEncoding('utf8').setTimeout(WITHIN_MS, () => socket.destroy())
  // A command that was cut off: it hears nothing, and nothing else is lost.
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: string) => {
    text += chunk
    if (text.length > MOST_CHARACTERS) socket.destroy()
    const end = text.indexOf('\n')
    if (end < 0) return
    socket.removeAllListeners('data')
    void granted(text.slice(0, end), grant).then((reply) => socket.end(`${JSON.stringify(reply)}\n`, () => socket.destroy()))
  })
}

/** Whether somebody listens on a socket; one that was left by a killed service is nobody's. */
const isAnswered = (file: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(file)
    const found = (is: boolean) => {
      socket.destroy()
      resolve(is)
    }
    socket.once('connect', () => found(true)).once('error', () => found(false))
  })

/**
 * Listens until the returned function is called.
 * Rejects when it cannot: another service listens there, or the folder cannot be written.
 */
export async function serveControl(file: string, grant: Grant): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    hear(socket, grant)
  })
  const listen = () => new Promise<void>((resolve, reject) => server.once('error', reject).listen(file, resolve))
  try {
    await listen()
  } catch (fault) {
    if (!isCode(fault, 'EADDRINUSE') || (await isAnswered(file))) throw fault
    unlinkSync(file)
    await listen()
  }
  chmodSync(file, 0o600)
  return () =>
    new Promise((resolve) => {
      // Node unlinks the file.
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
}
