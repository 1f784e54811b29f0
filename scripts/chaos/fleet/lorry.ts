/** The vehicle's process, which can be killed and comes back. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { endWithProgram, kill } from '../../lab/child.js'

export interface Vehicle {
  /** Ids that the vehicle said are on its disk. */
  readonly kept: ReadonlySet<string>
  /** Ids that its disk refused: in memory only, at that moment. */
  readonly held: ReadonlySet<string>
  /** What waits in its outbox by its last word; null while it raises alerts. */
  readonly waiting: number | null
  /** Resolves once it has kept or held its first event. */
  start(): Promise<void>
  kill(): Promise<void>
  /** One of the orders of vehicle.ts. */
  order(line: string): void
}

/** @param root of the checkout */
export const createVehicle = (root: string, url: string, outboxFile: string, onComplaint: (line: string) => void): Vehicle => {
  const kept = new Set<string>()
  const held = new Set<string>()
  let waiting: number | null = null
  let child: ChildProcess | null = null
  return {
    kept,
    held,
    get waiting() {
      return waiting
    },
    start: async () => {
      waiting = null
      const before = kept.size + held.size
      const program = fileURLToPath(new URL('./vehicle.ts', import.meta.url))
      child = spawn(process.execPath, ['--import', 'tsx', program, url, outboxFile, `${root}/dist/fleet/outbox/thread.js`], { cwd: root })
      endWithProgram(child)
      // An order to a vehicle that was killed this moment.
      child.stdin?.on('error', () => undefined)
      if (child.stdout !== null) {
        createInterface({ input: child.stdout }).on('line', (line) => {
          const [verb, value = ''] = line.split(' ')
          if (verb === 'kept') kept.add(value)
          if (verb === 'held') held.add(value)
          if (verb === 'waiting') waiting = Number(value)
        })
      }
      if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', onComplaint)
      for (let tries = 0; kept.size + held.size === before; tries++) {
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
