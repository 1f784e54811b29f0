/** Runs the daemon, and begins it anew when its configuration changes: proven within its time, or taken back. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config/index.js'
import { refused } from '../fleet/commands/index.js'
import type { Answer } from '../fleet/payloads/result.js'
import { reasonOf } from '../reason-of.js'
import { untilCalm } from './calm.js'
import type { Attempt, Changes } from './change.js'
import { type RereadOptions, reread } from './reread.js'
import { exchange, type Run, type Running, type Wellness } from './run.js'
import type { TrialFile } from './trial-file.js'
import type { Owed, Trial } from './types.js'

export type SupervisorOptions = RereadOptions & {
  changes: Changes
  trialFile: TrialFile | null
  /** Resolves with the name of the signal that stops the program. */
  signalled: Promise<string>
  now(): number
  /** Told why all stops, before it does. */
  onStop(why: string): void
  /** How long all must be well; default 3 s. */
  steadyMs?: number
}

type Next =
  | { kind: 'stop'; why: string }
  | { kind: 'try'; attempt: Attempt }
  | { kind: 'reread' }
  | { kind: 'keep' }
  /** `isDead`: the daemon cannot go on. */
  | { kind: 'back'; why: string; isDead: boolean }

// Own: a camera that opens and dies again does so within this.
const STEADY_MS = 3000
const LOOK_EVERY_MS = 100

const lacking = ({ vision, fleet }: Wellness, { needsVision }: Trial): string[] => [
  ...(vision || !needsVision ? [] : ['the camera gives no pictures']),
  ...(fleet ? [] : ['the broker is not reached']),
]

/** Resolves when all has stopped. Rejects when the daemon cannot be started, or cannot go on, with a configuration that is not on trial. */
export async function supervise(config: Config, owed: Owed | null, options: SupervisorOptions): Promise<void> {
  const { changes, trialFile, now, requests, log } = options

  /** Waits until all has been well for a while, or the time is over, or nobody asks any more. @returns what is lacking */
  async function prove(run: Run, trial: Trial, isOver: () => boolean): Promise<string[]> {
    const endMs = now() + trial.healthySeconds * 1000
    let wellSinceMs = now()
    let lacks: string[] = []
    while (!isOver() && now() < endMs) {
      await sleep(LOOK_EVERY_MS)
      lacks = lacking(run.well(), trial)
      if (lacks.length > 0) wellSinceMs = now()
      if (now() - wellSinceMs >= (options.steadyMs ?? STEADY_MS)) return []
    }
    return lacks.length > 0 ? lacks : ['it was well only now and then']
  }

  const stopOf = (run: Run): Promise<Next> => Promise.race([options.signalled, run.ended]).then((why) => ({ kind: 'stop', why }))

  /** What comes next for a daemon that runs. */
  async function follow(run: Run, trial: Trial | null): Promise<Next> {
    if (trial === null) {
      const tries = changes.next().then((attempt): Next => ({ kind: 'try', attempt }))
      return Promise.race([stopOf(run), tries, requests.next().then((): Next => ({ kind: 'reread' }))])
    }
    let isOver = false
    const proof = prove(run, trial, () => isOver).then(async (lacks): Promise<Next> => {
      if (lacks.length === 0) return { kind: 'keep' }
      await untilCalm(run.isCalm, () => isOver)
      return { kind: 'back', why: lacks.join(' and '), isDead: false }
    })
    try {
      return await Promise.race([stopOf(run), proof])
    } catch (fault) {
      return { kind: 'back', why: reasonOf(fault), isDead: true }
    } finally {
      isOver = true
    }
  }

  const owing = ({ transaction, fingerprint }: Trial, answer: Answer): Owed => ({ state: 'owed', transaction, fingerprint, answer })

  /** Begins anew with the configuration before a trial. */
  async function goBack({ run, config: tried }: Running, old: Config, isDead: boolean): Promise<Running> {
    if (tried === old && !isDead) return { run, config: old }
    const came = isDead ? null : await exchange({ run, config: tried }, old, options.start, () => stopOf(run))
    if (came !== null && came.why === null) return came.running
    await (came?.running.run ?? run).stop(true)
    return { run: await options.start(old), config: old }
  }

  /** Tries a change. @returns what runs then, with the new or the old configuration; null: all has stopped */
  async function tryOut(running: Running, { config: tried, trial, answer }: Attempt): Promise<Running | null> {
    const { config: old } = running
    const came = await exchange(running, tried, options.start, () => stopOf(running.run))
    const next: Next = came.why === null ? await follow(came.running.run, trial) : { kind: 'back', why: came.why, isDead: false }
    if (next.kind === 'stop') {
      options.onStop(next.why)
      await came.running.run.stop(false)
      return null
    }
    changes.over()
    if (next.kind === 'keep') {
      await trialFile
        ?.confirm(owing(trial, trial.success))
        .catch((fault: unknown) => log.warn(`The trial could not be ended on the disk: ${reasonOf(fault)}`))
      came.running.run.owe(owing(trial, trial.success))
      answer(trial.success)
      options.taken(tried)
      return came.running
    }
    const { why, isDead } = next.kind === 'back' ? next : { why: '', isDead: false }
    const outcome = refused('rolled-back', `Not healthy within ${trial.healthySeconds} s (${why}): the configuration is as it was.`)
    log.warn(`The new configuration is taken back: ${why}.`)
    await trialFile
      ?.undo(trial, owing(trial, outcome))
      .catch((fault: unknown) => log.warn(`The file could not be put back: ${reasonOf(fault)}`))
    const back = await goBack(came.running, old, isDead)
    back.run.owe(owing(trial, outcome))
    answer(outcome)
    return back
  }

  let running: Running = { run: await options.start(config), config }
  if (owed !== null) running.run.owe(owed)
  for (;;) {
    const { run } = running
    const next = await follow(run, null).catch(async (fault: unknown) => {
      await run.stop(false)
      throw fault
    })
    if (next.kind === 'reread') running = await reread(running, options, () => stopOf(run))
    else if (next.kind === 'try') {
      const came = await tryOut(running, next.attempt)
      if (came === null) return
      running = came
    } else {
      if (next.kind === 'stop') options.onStop(next.why)
      await run.stop(false)
      return
    }
  }
}
