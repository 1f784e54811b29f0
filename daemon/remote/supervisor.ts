/** Runs the daemon, and begins it anew when its configuration changes: proven within its time, or taken back. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config/index.js'
import { refused } from '../fleet/commands/index.js'
import type { Answer } from '../fleet/payloads/result.js'
import { untilCalm } from './calm.js'
import type { Attempt, Changes } from './change.js'
import type { TrialFile } from './trial-file.js'
import type { Owed, Trial } from './types.js'

/** How a daemon is that runs. */
export type Wellness = { vision: boolean; fleet: boolean }

/** The daemon, as far as it is begun and ended here. */
export interface Run {
  /** As of Daemon: resolves with why it should stop, rejects when it cannot go on. */
  readonly ended: Promise<string>
  well(): Wellness
  isCalm(): boolean
  /** Tells the fleet an outcome, as soon as there is a connection. */
  owe(owed: Owed): void
  stop(isRestart: boolean): Promise<void>
}

export type SupervisorOptions = {
  start(config: Config): Promise<Run>
  changes: Changes
  trialFile: TrialFile | null
  /** Resolves with the name of the signal that stops the program. */
  signalled: Promise<string>
  now(): number
  warn(message: string): void
  /** Told why all stops, before it does. */
  onStop(why: string): void
  /** How long all must be well; default 3 s. */
  steadyMs?: number
}

type Next = { kind: 'stop'; why: string } | { kind: 'try'; attempt: Attempt } | { kind: 'back'; why: string } | { kind: 'keep' }

// Own: a camera that opens and dies again does so within this.
const STEADY_MS = 3000
const LOOK_EVERY_MS = 100

const text = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault))

const lacking = ({ vision, fleet }: Wellness, { needsVision }: Trial): string[] => [
  ...(vision || !needsVision ? [] : ['the camera gives no pictures']),
  ...(fleet ? [] : ['the broker is not reached']),
]

/** Resolves when all has stopped. Rejects when the daemon cannot be started, or cannot go on, with a configuration that is not on trial. */
export async function supervise(config: Config, owed: Owed | null, options: SupervisorOptions): Promise<void> {
  const { changes, trialFile, now, warn } = options

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
    if (trial === null) return Promise.race([stopOf(run), changes.next().then((attempt): Next => ({ kind: 'try', attempt }))])
    let isOver = false
    const proof = prove(run, trial, () => isOver).then(async (lacks): Promise<Next> => {
      if (lacks.length === 0) return { kind: 'keep' }
      await untilCalm(run.isCalm, () => isOver)
      return { kind: 'back', why: lacks.join(' and ') }
    })
    try {
      return await Promise.race([stopOf(run), proof])
    } catch (fault) {
      return { kind: 'back', why: text(fault) }
    } finally {
      isOver = true
    }
  }

  const owing = ({ transaction, fingerprint }: Trial, answer: Answer): Owed => ({ state: 'owed', transaction, fingerprint, answer })

  /** Tries a change. @returns the daemon that runs then, with the new or the old configuration; null: all has stopped */
  async function tryOut({ config: tried, trial, answer }: Attempt, old: Config): Promise<{ run: Run; config: Config } | null> {
    const started = await options.start(tried).catch((fault: unknown) => text(fault))
    const next: Next = typeof started === 'string' ? { kind: 'back', why: started } : await follow(started, trial)
    if (next.kind === 'stop') {
      options.onStop(next.why)
      if (typeof started !== 'string') await started.stop(false)
      return null
    }
    changes.over()
    if (next.kind === 'keep' && typeof started !== 'string') {
      await trialFile
        ?.confirm(owing(trial, trial.success))
        .catch((fault: unknown) => warn(`The trial could not be ended on the disk: ${text(fault)}`))
      answer(trial.success)
      started.owe(owing(trial, trial.success))
      return { run: started, config: tried }
    }
    const why = next.kind === 'back' ? next.why : ''
    const outcome = refused('rolled-back', `Not healthy within ${trial.healthySeconds} s (${why}): the configuration is as it was.`)
    warn(`The new configuration is taken back: ${why}.`)
    await trialFile?.undo(trial, owing(trial, outcome)).catch((fault: unknown) => warn(`The file could not be put back: ${text(fault)}`))
    if (typeof started !== 'string') await started.stop(true)
    answer(outcome)
    const run = await options.start(old)
    run.owe(owing(trial, outcome))
    return { run, config: old }
  }

  let inForce = config
  let run = await options.start(config)
  if (owed !== null) run.owe(owed)
  for (;;) {
    const next = await follow(run, null).catch(async (fault: unknown) => {
      await run.stop(false)
      throw fault
    })
    if (next.kind !== 'try') {
      if (next.kind === 'stop') options.onStop(next.why)
      await run.stop(false)
      return
    }
    await run.stop(true)
    const came = await tryOut(next.attempt, inForce)
    if (came === null) return
    run = came.run
    inForce = came.config
  }
}
