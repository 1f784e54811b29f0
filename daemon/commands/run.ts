/** `kantukd run`: the daemon, until it is stopped. */
import { type Config, checkConfigText, formatFinding, withAbsolutePaths } from '../config/index.js'
import type { Daemon } from '../daemon.js'
import { createTransactions, openTransactionLog } from '../fleet/commands/index.js'
import { GpioError } from '../gpio/index.js'
import { createAdjustableLog, type Logger } from '../log.js'
import { startDaemon } from '../main.js'
import { monotonicMs } from '../monotonic.js'
import { createChanges } from '../remote/change.js'
import { createRequests } from '../remote/reread.js'
import { supervise } from '../remote/supervisor.js'
import { createTrialFile, type Recovered } from '../remote/trial-file.js'
import { stateFile } from '../state-folder.js'
import { modelThere } from '../vision/models.js'
import { createEyes } from '../wiring/eyes.js'
import { chosenFile, configuration } from './configuration.js'
import { createFallback, type Fallback, whyNot } from './fallback.js'
import { type ExitCode, UsageError } from './faults.js'
import { rereading, waitAndReread } from './reread.js'
import { requireRunnable } from './runnable.js'
import { listenForSignals } from './signals.js'

export type RunFlags = { config?: string; record?: string; simulated?: true }

// Own: longer than the start of everything; a configuration that ends the daemon sooner has not proven itself.
const PROVEN_AFTER_MS = 30_000

/** The configuration to run with: the file's, or the last good one where the file could not be put back. */
function configurationAfter(recovered: Recovered, file: string | undefined): ReturnType<typeof configuration> {
  const name = chosenFile(file)
  if (recovered.text === null || name === null) return configuration(file)
  const { config, findings } = checkConfigText(recovered.text, name)
  return config === null
    ? configuration(file)
    : { config: withAbsolutePaths(config, name), warnings: findings, file: name, from: `the last good ${name}` }
}

type Chosen = { chosen: ReturnType<typeof configuration>; isLastGood: boolean; instead: string | null }

/** The technician's configuration, or the last good one, or its own with shipped models, and why. @throws what is wrong, where there is no other */
function chooseConfiguration(own: () => Chosen['chosen'], fallback: Fallback): Chosen {
  try {
    return { chosen: own(), isLastGood: false, instead: null }
  } catch (fault) {
    const lastGood = fallback.find()
    if (lastGood !== null) return { chosen: lastGood, isLastGood: true, instead: `the last good one is in force: ${whyNot(fault)}` }
    const withoutModels = fallback.withoutModels(fault)
    if (withoutModels === null) throw fault
    return { chosen: withoutModels, isLastGood: false, instead: `shipped models are taken in their place: ${whyNot(fault)}` }
  }
}

/** Whatever nobody foresaw: first the outputs, then the word, then the end; systemd starts us again. */
function endOnTheUnforeseen(running: () => { daemon: Daemon | null; log: Logger }): void {
  process.on('uncaughtException', (fault) => {
    const { daemon, log } = running()
    daemon?.silence()
    log.fatal(`kantukd ends after an unforeseen fault: ${fault.stack ?? fault.message}`)
    process.exit(1)
  })
}

/** Resolves with the exit code when the daemon was stopped or its recording is over. */
export async function runCommand(flags: RunFlags): Promise<ExitCode> {
  const name = chosenFile(flags.config)
  const trialFile = name === null ? null : createTrialFile(name)
  const recovered = (await trialFile?.recover()) ?? { text: null, owed: null, said: null }
  const simulated = flags.simulated === true
  const fallback = createFallback(name)
  const { chosen, isLastGood, instead } = chooseConfiguration(() => {
    const own = configurationAfter(recovered, flags.config)
    const cut = recovered.text === null ? fallback.cutOff() : null
    if (cut !== null) throw new UsageError(cut)
    requireRunnable(own.config, simulated)
    return own
  }, fallback)
  const { config, warnings, file, from } = chosen

  const { log, adjust } = createAdjustableLog(config.log, process.stderr)
  log.info(`kantukd starts with ${from}.`)
  if (instead !== null) log.error(`The configuration ${name} cannot be used, and ${instead}`)
  if (recovered.said !== null) log.warn(recovered.said)
  for (const warning of warnings) log.warn(formatFinding(warning))

  const check = (tried: Config) => requireRunnable(tried, simulated)
  const requests = createRequests()
  const { signalled, isSignalled } = listenForSignals(requests.add)
  const read = rereading(name, check, log)
  const begun = await waitAndReread(config, { log, isSignalled, requests, read, adjust })
  if (isSignalled()) return 0

  const { owed } = recovered
  const warn = (message: string) => log.warn(message)
  const transactions = createTransactions(openTransactionLog(stateFile(begun.state.dir, 'transactions.jsonl'), warn))
  if (owed !== null) transactions.keep({ ...owed, command: 'config/set' }, null, owed.answer)
  const changes = createChanges({ file, trialFile, requireRunnable: check, now: monotonicMs })
  const heard = () => void trialFile?.clear().catch((fault: Error) => log.warn(`The mark of a trial cannot be deleted: ${fault.message}`))
  let daemon: Daemon | null = null
  endOnTheUnforeseen(() => ({ daemon, log }))

  let latest: Config | null = null
  /** It is the last good one from now on, once it has run for long enough and the eyes watch by it. */
  const taken = (proven: Config) => {
    latest = proven
    const look = async () => {
      if (latest !== proven) return
      if (daemon?.well().vision !== true) return later()
      await fallback
        .proven(proven)
        .catch((fault: Error) => log.warn(`The configuration cannot be kept as the last good one: ${fault.message}`))
    }
    const later = () => void setTimeout(look, PROVEN_AFTER_MS).unref()
    later()
  }
  let isFallback = isLastGood
  const eyes = createEyes()
  const start = async (wanted: Config, isLastResort = false): Promise<Daemon> => {
    adjust(wanted.log)
    daemon = await startDaemon({
      config: wanted,
      configFile: file,
      modelOf: modelThere,
      log,
      adjustLog: adjust,
      simulated,
      recordDir: flags.record ?? null,
      standing: isFallback ? ['config-last-good'] : [],
      remote: { changes, transactions, heard },
      eyes,
      isLastResort,
    })
    if (!isLastResort) taken(wanted)
    return daemon
  }
  // What no check of the file can find: a chip that this board has not, a line in use.
  const startOrFallBack = (wanted: Config): Promise<Daemon> =>
    start(wanted).catch((fault: unknown) => {
      if (wanted !== begun) throw fault
      const good = fallback.find()
      if (good === null) return startWithWhatIsLeft(wanted, fault)
      log.error(`The daemon does not start with ${name}, and the last good configuration is in force: ${whyNot(fault)}`)
      isFallback = true
      return start(good.config).catch((again: unknown) => startWithWhatIsLeft(good.config, again))
    })
  // In a vehicle a light without a buzzer, or the fleet alone, is better than no watch; at a desk it is an error.
  const startWithWhatIsLeft = (wanted: Config, fault: unknown): Promise<Daemon> => {
    if (!(fault instanceof GpioError && fallback.isService)) throw fault
    return start(wanted, true)
  }
  const onStop = (why: string) => log.info(`kantukd stops on ${why}.`)
  const inForce = (proven: Config) => {
    isFallback = false
    taken(proven)
  }
  const supervising = { changes, trialFile, requests, read, taken: inForce, signalled, now: monotonicMs, log, onStop }
  try {
    await supervise(begun, owed, { start: startOrFallBack, ...supervising })
  } finally {
    await eyes.close()
  }
  return 0
}
