/** A desk under test, with commands that keep a record, and clocks that the test moves. */
import type { Clock } from '../../../daemon/fleet/clock.js'
import {
  type Commands,
  command,
  createDesk,
  createTransactions,
  requests,
  type Transactions,
} from '../../../daemon/fleet/commands/index.js'
import type { Answer, Result } from '../../../daemon/fleet/payloads/result.js'
import { topicsOf } from '../../../daemon/fleet/topics.js'
import { keepLog } from '../harness.js'

export const NOW_MS = Date.parse('2026-11-24T21:06:00Z')
export const EXPIRES = '2026-11-24T21:10:00Z'
export const INCIDENT = '019ab1c2-3d4e-7000-9a1b-2c3d4e5f6072'

const ALL = ['ping', 'verdict', 'snapshot', 'self-test', 'restart-vision', 'send-outbox', 'log-level']

/** Commands that do nothing but say what was asked. */
export const recordingCommands = (done: [string, object][], answer: () => Answer | Promise<Answer>): Commands => {
  const note = (name: string) => (request: object) => {
    done.push([name, request])
    return answer()
  }
  return {
    ping: command(requests.ping, note('ping')),
    verdict: command(requests.verdict, note('verdict')),
    snapshot: command(requests.snapshot, note('snapshot')),
    'self-test': command(requests['self-test'], note('self-test')),
    'restart-vision': command(requests['restart-vision'], note('restart-vision')),
    'send-outbox': command(requests['send-outbox'], note('send-outbox')),
    'log-level': command(requests['log-level'], note('log-level')),
    'config/set': command(requests['config/set'], note('config/set')),
  }
}

type DeskRig = {
  allow?: readonly string[]
  synced?: boolean
  answer?: () => Answer | Promise<Answer>
  transactions?: Transactions
}

export const deskRig = (options: DeskRig = {}) => {
  const topics = topicsOf('test', 'bus-12')
  const done: [string, object][] = []
  const sent: Result[] = []
  const time = { wallMs: NOW_MS, monotonicMs: 0 }
  const clock: Clock = {
    wallMs: () => time.wallMs,
    monotonicMs: () => time.monotonicMs,
    synced: () => options.synced ?? true,
    bootId: 'boot',
  }
  const { log, lines } = keepLog()
  const desk = createDesk({
    topics,
    vehicle: 'bus-12',
    simulated: false,
    allow: () => options.allow ?? ALL,
    commands: recordingCommands(done, options.answer ?? (() => ({ ok: true }))),
    transactions: options.transactions ?? createTransactions(),
    clock,
    log,
    send: async (result) => void sent.push(result),
  })
  const raw = (topic: string, payload: string | Buffer, retained = false) => {
    // One a second: the pace is not what most tests look at.
    time.monotonicMs += 1000
    desk.take({ topic, payload: Buffer.from(payload), retained })
  }
  const ask = (name: string, request: object, retained = false) =>
    raw(name === 'config/set' ? topics.configSet : topics.command(name), JSON.stringify(request), retained)
  /** Answers are given a turn later. */
  const answers = async (): Promise<Result[]> => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return sent
  }
  const code = async () => (await answers()).map((result) => (result.ok ? 'ok' : result.error.code))
  return { desk, topics, done, time, raw, ask, answers, code, lines }
}
