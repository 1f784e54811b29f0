/** What the chaos is played with: a real broker, the vehicle's process, a subscriber that counts. Each can be killed and comes back. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connectAsync, type MqttClient } from 'mqtt'
import { z } from 'zod'

const BROKER = '/usr/sbin/mosquitto'

const exited = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()))

/** Kills without a word and waits until it is gone. */
const kill = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL')
  await exited(child)
}

export interface Broker {
  kill(): Promise<void>
  start(): Promise<void>
}

/** Debian's Mosquitto on a port of loopback; resolves once it takes connections. */
export const startBroker = async (port: number): Promise<Broker> => {
  let child: ChildProcess | null = null
  const start = async (): Promise<void> => {
    child = spawn(BROKER, ['-p', String(port)], { stdio: 'ignore' })
    child.once('error', (error) => {
      throw new Error(`${BROKER} cannot be started (${error.message}): apt-get install mosquitto`)
    })
    for (let tries = 0; tries < 200; tries++) {
      const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 }).catch(() => null)
      if (client !== null) return client.endAsync()
      await sleep(25)
    }
    throw new Error(`${BROKER} does not take connections on port ${port}`)
  }
  await start()
  return {
    start,
    kill: async () => {
      if (child !== null) await kill(child)
    },
  }
}

const alert = z.looseObject({ id: z.string(), seq: z.number() })

export interface Counter {
  /** How often each event arrived, by id. */
  readonly received: ReadonlyMap<string, number>
  /** Different messages under the same id: never. */
  readonly conflicts: number
  /** Subscribes, after the broker came back too; resolves when the broker has acknowledged it. */
  subscribe(): Promise<void>
  close(): Promise<void>
}

/** Counts what the fleet's side receives, straight from the broker. */
export const createCounter = (port: number): Counter => {
  const received = new Map<string, number>()
  const seqs = new Map<string, number>()
  let conflicts = 0
  let client: MqttClient | null = null
  return {
    received,
    get conflicts() {
      return conflicts
    },
    subscribe: async () => {
      client?.end(true)
      client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 })
      client.on('error', () => undefined)
      client.on('message', (_topic, payload) => {
        const event = alert.parse(JSON.parse(payload.toString()))
        received.set(event.id, (received.get(event.id) ?? 0) + 1)
        if (seqs.has(event.id) && seqs.get(event.id) !== event.seq) conflicts += 1
        seqs.set(event.id, event.seq)
      })
      await client.subscribeAsync('kantuk/+/+/alert', { qos: 1 })
    },
    close: async () => {
      await client?.endAsync()
    },
  }
}

export interface Vehicle {
  /** Ids that the vehicle said are kept. */
  readonly kept: ReadonlySet<string>
  /** What waits in its outbox by its last word; null while it raises alerts. */
  readonly waiting: number | null
  /** Resolves once it has kept its first event. */
  start(): Promise<void>
  kill(): Promise<void>
  /** One of the orders of vehicle.ts. */
  order(line: string): void
}

/** @param root of the checkout */
export const createVehicle = (root: string, url: string, outboxFile: string, onComplaint: (line: string) => void): Vehicle => {
  const kept = new Set<string>()
  let waiting: number | null = null
  let child: ChildProcess | null = null
  return {
    kept,
    get waiting() {
      return waiting
    },
    start: async () => {
      waiting = null
      const before = kept.size
      const program = fileURLToPath(new URL('./vehicle.ts', import.meta.url))
      child = spawn(process.execPath, ['--import', 'tsx', program, url, outboxFile, `${root}/dist/fleet/outbox/thread.js`], { cwd: root })
      if (child.stdout !== null) {
        createInterface({ input: child.stdout }).on('line', (line) => {
          const [verb, value = ''] = line.split(' ')
          if (verb === 'kept') kept.add(value)
          if (verb === 'waiting') waiting = Number(value)
        })
      }
      if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', onComplaint)
      for (let tries = 0; kept.size === before; tries++) {
        if (tries > 1_200 || child.exitCode !== null) throw new Error('the vehicle does not start; is the program compiled (npx tsc)?')
        await sleep(50)
      }
    },
    kill: async () => {
      if (child !== null) await kill(child)
    },
    order: (line) => {
      child?.stdin?.write(`${line}\n`)
    },
  }
}
