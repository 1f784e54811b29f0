/** Where messages from the fleet arrive: each is done once and answered, or answered with why not. */

import { reasonOf } from '../../reason-of.js'
import type { Clock } from '../clock.js'
import type { Incoming } from '../incoming.js'
import type { Log } from '../log-port.js'
import { type Answer, buildResult, type Result } from '../payloads/result.js'
import type { Topics } from '../topics.js'
import { admission } from './admission.js'
import type { Refusal } from './codes.js'
import type { Commands } from './command.js'
import { createPace } from './pace.js'
import type { Transactions } from './transactions.js'

export type DeskOptions = {
  topics: Topics
  vehicle: string
  simulated: boolean
  /** Names of the commands that may be done at this moment. */
  allow(): readonly string[]
  commands: Commands
  transactions: Transactions
  clock: Clock
  log: Log
  /** Publishes an answer. */
  send(result: Result): Promise<void>
}

export interface Desk {
  /** Takes a message. Returns at once; never throws. */
  take(incoming: Incoming): void
  /** Tells the outcome of a command that was done while nobody listened. Rejects when it cannot be sent. */
  tell(command: string, transaction: string | null, answer: Answer): Promise<void>
  /** Nothing is answered any more. */
  close(): void
}

export const refused = (code: Refusal, message: string): Answer => ({ ok: false, error: { code, message } })

export const createDesk = (options: DeskOptions): Desk => {
  const { topics, commands, transactions, clock, log } = options
  const pace = createPace()
  const prefix = topics.commands.slice(0, -1)
  let isFlooded = false
  let lastSaid = ''
  let closed = false
  /** Whose outcome is told before it is answered: once is enough. */
  const told = new Set<string | null>()

  /** One line for each change of what is refused: a sender that goes on and on must not fill the disk. */
  function tellTechnician(command: string, came: Answer): void {
    const said = came.ok ? `Command ${JSON.stringify(command)} done.` : `Command ${JSON.stringify(command)} not done: ${came.error.message}`
    if (said === lastSaid) log.debug(said)
    else log[came.ok ? 'info' : 'warn'](said)
    lastSaid = said
  }

  async function publish(command: string, transaction: string | null, came: Answer, again: boolean): Promise<void> {
    // A change of the configuration may be answered by the daemon that comes after.
    if (closed) return
    const result = buildResult(came, {
      vehicle: options.vehicle,
      command,
      transaction,
      wallMs: clock.wallMs(),
      clockSynced: clock.synced(),
      again,
      simulated: options.simulated,
    })
    tellTechnician(command, came)
    await options.send(result)
  }

  async function answer(command: string, transaction: string | null, given: Promise<Answer>, again: boolean): Promise<void> {
    const came = await given
    if (again || !told.delete(transaction)) await publish(command, transaction, came, again)
  }

  /** An answer that is not heard: the sender repeats the transaction, and hears the same. */
  const reply = (command: string, transaction: string | null, given: Promise<Answer>, again = false): void => {
    answer(command, transaction, given, again).catch((fault: unknown) => log.debug(reasonOf(fault)))
  }

  function take(incoming: Incoming): void {
    if (!pace.admits(clock.monotonicMs())) {
      if (!isFlooded) log.warn('More commands arrive than are taken: those above two a second are left without an answer.')
      isFlooded = true
      return
    }
    const [wallMs, isSynced] = [clock.wallMs(), clock.synced()]
    const nowWallMs = isSynced ? wallMs : null
    const decided = admission(incoming, commands, {
      ...{ commandPrefix: prefix, configSet: topics.configSet, wallMs, isSynced },
      allow: options.allow(),
    })
    if (decided.kind === 'silence') return
    if (decided.kind === 'refused') {
      reply(decided.command, decided.transaction, Promise.resolve(refused(decided.code, decided.message)))
      return
    }
    const { command, ready } = decided
    const asked = { transaction: ready.transaction, command, fingerprint: ready.fingerprint }
    const found = transactions.find(asked, nowWallMs)
    if (found.kind === 'reused') {
      const why = 'This transaction was another command before: choose a new one for each.'
      reply(command, ready.transaction, Promise.resolve(refused('transaction-reused', why)))
    } else if (found.kind === 'again') {
      reply(command, ready.transaction, found.answer, true)
    } else {
      // While it was noted on the disk the daemon may have been begun anew: its parts are gone, and whoever asks again finds this answer.
      const late = async () => refused('busy', 'The daemon was begun anew at this moment: it was not done.')
      const work = () =>
        (closed ? late() : ready.run()).catch((fault: unknown) => refused('failed', `It could not be done: ${reasonOf(fault)}`))
      reply(command, ready.transaction, transactions.once(asked, nowWallMs, work))
    }
  }

  return {
    take,
    tell(command, transaction, given) {
      told.add(transaction)
      return publish(command, transaction, given, false)
    },
    close() {
      closed = true
    },
  }
}
