/** `kantukd run`: the daemon, until it is stopped. */
import { existsSync, statSync } from 'node:fs'
import { formatFinding } from '../config/index.js'
import { createLogger } from '../log.js'
import { startDaemon } from '../main.js'
import { waitForIgnition } from '../standby.js'
import { isSimulated } from '../vision/camera/kinds.js'
import { modelOf } from '../vision/models.js'
import { configuration } from './configuration.js'
import { type ExitCode, UsageError } from './faults.js'

export type RunFlags = { config?: string; record?: string; simulated?: true }

// A stop, Ctrl-C, a closed terminal, Ctrl-\.
const WAYS_OUT = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const

/** Files that the configuration names and without which nothing can run: told before anything starts. */
function requireFile(key: string, file: string): void {
  if (!existsSync(file)) throw new UsageError(`${key} is ${file}, and there is no such file`)
  if (!statSync(file).isFile()) throw new UsageError(`${key} is ${file}, which is no file`)
}

/** Resolves with the exit code when the daemon was stopped or its recording is over. */
export async function runCommand(flags: RunFlags): Promise<ExitCode> {
  const { config, warnings, from } = configuration(flags.config)
  const { camera, classifier } = config
  const simulated = flags.simulated === true
  if (isSimulated(camera.kind) && !simulated) {
    throw new UsageError(`camera.kind is ${camera.kind}, which is no driver; run it with --simulated, and every message will say so`)
  }
  const model = modelOf(classifier)
  requireFile('classifier.model', model)
  if (camera.kind === 'file' && camera.file.path !== null) requireFile('camera.file.path', camera.file.path)
  if (camera.kind === 'scripted' && camera.scripted.path !== null) requireFile('camera.scripted.path', camera.scripted.path)

  const log = createLogger(config.log, process.stderr)
  log.info(`kantukd starts with ${from}.`)
  for (const warning of warnings) log.warn(formatFinding(warning))

  let signal: string | null = null
  const signalled = new Promise<string>((resolve) => {
    // Kept to the end: a second signal while stopping must not kill us with the alarm on.
    for (const name of WAYS_OUT) {
      process.on(name, () => {
        signal ??= name
        resolve(name)
      })
    }
  })
  await waitForIgnition(config, log, () => signal !== null)
  if (signal !== null) return 0
  const daemon = await startDaemon({ config, model, log, simulated, recordDir: flags.record ?? null })

  // Whatever nobody foresaw: first the outputs, then the word, then the end; systemd starts us again.
  process.on('uncaughtException', (fault) => {
    daemon.silence()
    log.fatal(`kantukd ends after an unforeseen fault: ${fault.stack ?? fault.message}`)
    process.exit(1)
  })
  try {
    log.info(`kantukd stops on ${await Promise.race([signalled, daemon.ended])}.`)
  } finally {
    await daemon.stop()
  }
  return 0
}
