/** Debian's Mosquitto: a real broker that can be killed and comes back. */
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectAsync } from 'mqtt'
import { kill } from './child.js'

const BROKER = '/usr/sbin/mosquitto'

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
