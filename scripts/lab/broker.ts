/** Debian's Mosquitto: a real broker that can be killed and comes back. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectAsync } from 'mqtt'
import { endWithProgram, kill } from './child.js'

const BROKER = '/usr/sbin/mosquitto'

export interface Broker {
  /** Of its process. */
  readonly pid: number | null
  kill(): Promise<void>
  start(): Promise<void>
}

/**
 * Debian's Mosquitto on a port of loopback; resolves once it takes connections.
 * @param settings further lines of its configuration
 */
export const startBroker = async (port: number, settings: readonly string[] = []): Promise<Broker> => {
  let child: ChildProcess | null = null
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'kantukd-broker-')), 'mosquitto.conf')
  writeFileSync(file, `${[`listener ${port} 127.0.0.1`, 'allow_anonymous true', ...settings].join('\n')}\n`)
  const start = async (): Promise<void> => {
    child = spawn(BROKER, ['-c', file], { stdio: 'ignore' })
    endWithProgram(child)
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
    get pid() {
      return child?.pid ?? null
    },
    start,
    kill: async () => {
      if (child !== null) await kill(child)
    },
  }
}
