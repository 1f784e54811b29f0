/** Takes changes of the configuration, one at a time, up to the moment at which the daemon begins anew with the new one. */
import { type Config, readConfigFile } from '../config/index.js'
import { type ConfigSet, fingerprintOf, refused } from '../fleet/commands/index.js'
import type { Answer } from '../fleet/payloads/result.js'
import { reasonOf } from '../reason-of.js'
import { untilCalm } from './calm.js'
import { invalid, outcome, propose } from './proposal.js'
import { sha256, type TrialFile } from './trial-file.js'
import type { Trial } from './types.js'

/** How the daemon is at a moment. */
export type Present = { isCalm: boolean; visionRuns: boolean }

/** A change that is to be tried now. */
export type Attempt = {
  config: Config
  trial: Trial
  /** Answers whoever asked. */
  answer(answer: Answer): void
}

type Ready = { config: Config; trial: Trial; newText: string }

export type ChangesOptions = {
  /** The configuration's file; null: there is none, and nothing can be changed. */
  file: string | null
  trialFile: TrialFile | null
  /** Throws with a sentence when the daemon could not run with it. */
  requireRunnable(config: Config): void
  /** ms, monotonic. */
  now(): number
}

export interface Changes {
  /** What `config/set` asks for. `running` and its hash are the configuration in force. */
  ask(request: ConfigSet, running: Config, runningSha256: string, present: () => Present): Promise<Answer>
  /** Resolves with the next change to be tried. */
  next(): Promise<Attempt>
  /** The change under way is over, and another may be asked for. */
  over(): void
}

// Own: reading and checking takes the processor for a tenth of a second on a Pi.
const EVERY_MS = 5000
// Own: eyes that are open for no second in ten minutes are no time to look away.
const PATIENCE_MS = 600_000

const CANNOT_WRITE = new Set(['EROFS', 'EACCES', 'EPERM'])

const writeFault = (file: string, fault: unknown): Answer => {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : ''
  const message = reasonOf(fault)
  return CANNOT_WRITE.has(code)
    ? refused(
        'read-only',
        `${file} or its folder may not be written by the daemon (${code}); docs/fleet.md says what to do in the vehicle.`,
      )
    : refused('not-kept', `${file} cannot be written: ${message}`)
}

export const createChanges = ({ file, trialFile, requireRunnable, now }: ChangesOptions): Changes => {
  let isBusy = false
  let lastMs = Number.NEGATIVE_INFINITY
  let offer: (attempt: Attempt) => void = () => undefined
  let offered = new Promise<Attempt>((resolve) => {
    offer = resolve
  })

  /** Waits for a calm moment, writes, and hands over. */
  async function attempt({ config, trial, newText }: Ready, disk: TrialFile, present: () => Present): Promise<Answer> {
    const untilMs = now() + PATIENCE_MS
    const calm = await untilCalm(
      () => present().isCalm,
      () => now() > untilMs,
    )
    if (!calm) return refused('alarm', 'A warning stood or the eyes were closed all the time: the watch is not interrupted.')
    const marked = { ...trial, needsVision: present().visionRuns }
    await disk.begin(marked, newText)
    return new Promise((resolve) => offer({ config, trial: marked, answer: resolve }))
  }

  async function ask(request: ConfigSet, running: Config, runningSha256: string, present: () => Present): Promise<Answer> {
    if (file === null || trialFile === null)
      return refused('no-config-file', 'This vehicle runs with the built-in configuration: there is no file to change.')
    if (isBusy) return refused('busy', 'Another change of the configuration is under way.')
    if (now() - lastMs < EVERY_MS) return refused('too-soon', `Changes are taken every ${EVERY_MS / 1000} s.`)
    lastMs = now()
    if (request.ifConfigSha256 !== undefined && request.ifConfigSha256 !== runningSha256) {
      return refused('config-changed', `The configuration in force is ${runningSha256}.`)
    }
    const read = readConfigFile(file)
    if ('finding' in read) return invalid(`${file} cannot be used.`, [read.finding])
    const proposal = propose(file, read.text, running, request)
    if ('answer' in proposal) return proposal.answer
    try {
      requireRunnable(proposal.config)
    } catch (fault) {
      return invalid(reasonOf(fault))
    }
    if (request.dryRun || proposal.changes.length === 0) return outcome(proposal, !request.dryRun)
    const trial: Trial = {
      state: 'trial',
      transaction: request.transaction,
      fingerprint: fingerprintOf(request),
      oldText: read.text,
      newSha256: sha256(proposal.text),
      healthySeconds: request.healthySeconds,
      needsVision: false,
      success: outcome(proposal, true),
    }
    isBusy = true
    try {
      return await attempt({ config: proposal.config, trial, newText: proposal.text }, trialFile, present)
    } catch (fault) {
      return writeFault(file, fault)
    } finally {
      isBusy = false
    }
  }

  return {
    ask,
    next: () => offered,
    over() {
      offered = new Promise((resolve) => {
        offer = resolve
      })
    },
  }
}
