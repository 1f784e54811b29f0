/** A fleet room under test: quick to retry, its log kept. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, machineClock } from '../../daemon/fleet/clock.js'
import { createFleet, type Fleet, type FleetOptions } from '../../daemon/fleet/index.js'
import type { LinkState } from '../../daemon/fleet/link.js'
import type { LinkConfig } from '../../daemon/fleet/link-options.js'
import type { Log } from '../../daemon/fleet/log-port.js'
import { createMemoryOutbox } from '../../daemon/fleet/outbox/memory.js'
import { knownOfTheVehicle } from './examples.js'

export type Line = { level: keyof Log; message: string }

export const keepLog = (): { log: Log; lines: Line[] } => {
  const lines: Line[] = []
  const at = (level: keyof Log) => (message: string) => void lines.push({ level, message })
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines }
}

export type Rig = {
  fleet: Fleet
  clock: Clock
  /** What a technician reads: info and above. */
  said(): string[]
  warnings(): string[]
  /** Everything that was logged, debug too. */
  lines: readonly Line[]
  states: LinkState[]
  connected(): Promise<void>
}

/** Waits until a condition holds; fails with what is given otherwise. */
export const until = async (condition: () => boolean, otherwise: () => string, withinMs = 5_000): Promise<void> => {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(5)) if (condition()) return
  throw new Error(`did not happen within ${withinMs} ms: ${otherwise()}`)
}

/** Starts a fleet room for bus-12 of the fleet "test". */
export const rig = (config: Partial<LinkConfig> & { url: string }, options: Partial<FleetOptions> = {}): Rig => {
  const { log, lines } = keepLog()
  const states: LinkState[] = []
  const { vehicle, ...birth } = knownOfTheVehicle
  const clock = options.clock ?? machineClock()
  const fleet = createFleet(
    { keepaliveSeconds: 30, connectTimeoutSeconds: 5, ...config },
    {
      vehicle: { fleet: 'test', id: vehicle },
      birth,
      simulated: false,
      clock,
      outbox: createMemoryOutbox(),
      log,
      retry: { firstMs: 40, longestMs: 100 },
      onState: (state) => void states.push(state),
      ...options,
    },
  )
  const of = (...levels: (keyof Log)[]) => lines.filter(({ level }) => levels.includes(level)).map(({ message }) => message)
  return {
    fleet,
    clock,
    states,
    lines,
    said: () => of('info', 'warn', 'error'),
    warnings: () => of('warn', 'error'),
    connected: () =>
      until(
        () => states.at(-1)?.state === 'connected',
        () => of('info', 'warn', 'error').join('\n'),
      ),
  }
}
