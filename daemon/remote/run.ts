/** The daemon as it is begun, changed and ended here. */
import type { Condition } from '../condition.js'
import type { Config } from '../config/index.js'
import { reasonOf } from '../reason-of.js'
import type { Owed } from './types.js'

/** How a daemon is that runs. */
export type Wellness = { vision: boolean; fleet: boolean }

/** A change that could not be put into force: all is as it was. The message is a sentence that says why. */
export class ChangeError extends Error {
  override readonly name = 'ChangeError'
  readonly code = 'config-not-taken'
}

/** What has to be done to go by another configuration. */
export interface Plan {
  /** The keys that differ. */
  readonly paths: readonly string[]
  /** What is begun anew by it, for a sentence. */
  readonly anew: readonly string[]
  /** The daemon as a whole has to be begun anew: it cannot be carried out in place. */
  readonly isWhole: boolean
  /** Nobody is watched or warned meanwhile: not while a warning stands. */
  readonly isWatch: boolean
  /** Does it, part by part. Rejects with a ChangeError: all is as before; with anything else: a part could not go back, and the daemon must end. */
  carryOut(): Promise<void>
}

export interface Run {
  /** As of Daemon: resolves with why it should stop, rejects when it cannot go on. */
  readonly ended: Promise<string>
  well(): Wellness
  isCalm(): boolean
  plan(to: Config): Plan
  /** Says in `health` whether a condition stands, or no more. @param sentence for the log; null: it was said already */
  condition(condition: Condition, stands: boolean, sentence: string | null): void
  /** Tells the fleet an outcome, as soon as there is a connection. */
  owe(owed: Owed): void
  stop(isRestart: boolean): Promise<void>
}

/** A daemon and the configuration that it goes by. */
export type Running = { run: Run; config: Config }

/**
 * From one configuration to another: in place where that can be, else by a daemon begun anew.
 * @param start begins a daemon. @param isOver resolves when all has to stop: what is under way in place is then left as it is
 * @returns what runs then, and why it goes by the old one; null: it goes by the new one
 * Rejects where neither can be had.
 */
export async function exchange(
  running: Running,
  to: Config,
  start: (config: Config) => Promise<Run>,
  isOver: () => Promise<unknown>,
): Promise<{ running: Running; why: string | null }> {
  const { run, config: old } = running
  const plan = run.plan(to)
  if (!plan.isWhole) {
    try {
      const why = await Promise.race([plan.carryOut().then(() => null), isOver().then(() => 'kantukd stops')])
      return { running: { run, config: why === null ? to : old }, why }
    } catch (fault) {
      if (!(fault instanceof ChangeError)) throw fault
      return { running, why: fault.message }
    }
  }
  await run.stop(true)
  try {
    return { running: { run: await start(to), config: to }, why: null }
  } catch (fault) {
    return { running: { run: await start(old), config: old }, why: reasonOf(fault) }
  }
}
