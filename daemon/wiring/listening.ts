/** The vehicle listens to its fleet: commands, and changes of the configuration. */
import { configSha256 } from '../birth.js'
import type { Config } from '../config/index.js'
import { command, createDesk, createTransactions, refused, requests, type Transactions } from '../fleet/commands/index.js'
import type { Incoming } from '../fleet/incoming.js'
import type { Fleet } from '../fleet/index.js'
import type { Answer } from '../fleet/payloads/result.js'
import { topicsOf } from '../fleet/topics.js'
import type { Changes, Present } from '../remote/change.js'
import type { Owed } from '../remote/types.js'
import { type CommandParts, createCommands } from './commands/index.js'
import { createSelfTest } from './commands/self-test.js'

/** What outlives a restart of the daemon within the program. */
export type Remote = {
  changes: Changes
  transactions: Transactions
  /** Called when the fleet has heard an outcome. */
  heard(): void
}

export type ListeningParts = Omit<CommandParts, 'fleet' | 'output' | 'configuredLevel'> & {
  /** The configuration in force. */
  inForce(): Config
  fleet: Fleet
  simulated: boolean
  /** Null: the configuration cannot be changed from afar. */
  remote: Remote | null
  present(): Present
}

export interface Listening {
  take(incoming: Incoming): void
  /** Tells the outcome of a change as soon as there is a connection. */
  owe(owed: Owed): void
  /** A test that someone at the vehicle asks for. */
  selfTest(): Answer
  close(): void
}

const RETRY_MS = 1000

export const createListening = (parts: ListeningParts): Listening => {
  const { inForce, remote, fleet, clock, log } = parts
  const { vehicle } = inForce()
  const configSet = command(requests['config/set'], (request) =>
    remote === null
      ? refused('no-config-file', 'The configuration of this program cannot be changed from afar.')
      : remote.changes.ask(request, inForce(), configSha256(inForce()), parts.present),
  )
  const commandParts = { ...parts, output: () => inForce().alarm.output, configuredLevel: () => inForce().log.level }
  const selfTest = createSelfTest(commandParts)
  const { commands, close } = createCommands(commandParts, configSet, selfTest)
  const desk = createDesk({
    topics: topicsOf(vehicle.fleet, vehicle.id),
    vehicle: vehicle.id,
    simulated: parts.simulated,
    allow: () => inForce().fleet.commands.allow,
    commands,
    transactions: remote?.transactions ?? createTransactions(),
    clock,
    log,
    send: fleet.answer,
  })
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function owe(owed: Owed): void {
    if (closed) return
    desk.tell('config/set', owed.transaction, owed.answer).then(
      () => remote?.heard(),
      () => {
        if (!closed) timer = setTimeout(owe, RETRY_MS, owed)
      },
    )
  }

  return {
    take: (incoming) => {
      if (!closed) desk.take(incoming)
    },
    owe,
    selfTest,
    close() {
      closed = true
      clearTimeout(timer)
      desk.close()
      close()
    },
  }
}
