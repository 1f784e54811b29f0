/** The configuration is edited in the vehicle and read anew on request: put into force as soon as it may be, or refused with why. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config/index.js'
import { untilCalm } from './calm.js'
import { exchange, type Plan, type Run, type Running } from './run.js'

/** Requests to read the configuration anew. Several that nobody has taken are one. */
export interface Requests {
  add(): void
  readonly stands: boolean
  /** Resolves as soon as one stands. */
  next(): Promise<void>
  take(): void
}

export const createRequests = (): Requests => {
  let stands = false
  let isAdded: () => void = () => undefined
  let added: Promise<void>
  const take = () => {
    stands = false
    added = new Promise((resolve) => {
      isAdded = resolve
    })
  }
  take()
  return {
    add() {
      stands = true
      isAdded()
    },
    get stands() {
      return stands
    },
    next: () => added,
    take,
  }
}

export type RereadOptions = {
  requests: Requests
  /** What the file holds, with its warnings said; or why it cannot be used. */
  read(): { config: Config } | { refused: string }
  start(config: Config): Promise<Run>
  /** Told of a configuration that has been put into force. */
  taken(config: Config): void
  log: Readonly<Record<'info' | 'warn' | 'error', (message: string) => void>>
}

// Own: an editor writes a file in several steps, and a person asks twice: within this they are one request.
const SETTLE_MS = 300
// Own: a blink is no waiting worth a sentence.
const SAID_AFTER_MS = 3000

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** What a change came to, as a sentence. */
export const changeSentence = ({ paths, anew }: Pick<Plan, 'paths' | 'anew'>): string =>
  `The configuration was read anew: ${listed(paths)} changed; ${anew.length === 0 ? 'nothing had to be begun anew' : `begun anew: ${listed(anew)}`}.`

/**
 * Takes the request that stands.
 * @param isOver resolves when the daemon has to stop; the waiting ends then
 * @returns what runs then, with the new or the old configuration. Rejects where nothing can run any more.
 */
export async function reread(running: Running, options: RereadOptions, isOver: () => Promise<unknown>): Promise<Running> {
  const { requests, log } = options
  await sleep(SETTLE_MS)
  requests.take()
  const { run } = running
  const refuse = (by: Run, why: string): void => {
    log.error(why)
    by.condition('config-not-taken', true, null)
  }
  const read = options.read()
  if ('refused' in read) {
    refuse(run, `The configuration cannot be used, and what was in force goes on [config-not-taken]: ${read.refused}`)
    return running
  }
  const plan = run.plan(read.config)
  if (plan.paths.length === 0) {
    log.info('The configuration was read anew, and is what is in force already.')
    run.condition('config-not-taken', false, null)
    return running
  }
  if (plan.isWatch && !(await mayChange(run, plan, options, isOver))) return running
  const came = await exchange(running, read.config, options.start, isOver)
  if (came.why !== null) {
    refuse(came.running.run, `The configuration cannot be put into force, and what was in force goes on [config-not-taken]: ${came.why}`)
    return came.running
  }
  log.info(changeSentence(plan))
  came.running.run.condition('config-not-taken', false, null)
  came.running.run.condition('config-last-good', false, null)
  options.taken(read.config)
  return came.running
}

/** Waits until no warning stands. @returns false: there is another request, or the daemon has to stop */
async function mayChange(run: Run, { paths }: Plan, { requests, log }: RereadOptions, isOver: () => Promise<unknown>): Promise<boolean> {
  let isAbandoned = false
  const saying = setTimeout(
    () =>
      log.info(
        `The change of ${listed(paths)} waits: a warning stands or the eyes are closed, and the watch is not interrupted. It is put into force as soon as they are open.`,
      ),
    SAID_AFTER_MS,
  )
  try {
    return await Promise.race([
      untilCalm(run.isCalm, () => isAbandoned),
      Promise.race([requests.next(), isOver()]).then(
        () => false,
        () => false,
      ),
    ])
  } finally {
    isAbandoned = true
    clearTimeout(saying)
  }
}
