/** Reads the configuration anew, while the daemon runs and while it waits for the ignition. */
import { type Config, formatFinding, loadConfig } from '../config/index.js'
import type { Logger } from '../log.js'
import type { Requests, RereadOptions } from '../remote/reread.js'
import { waitForIgnition } from '../standby.js'
import { whyNot } from './fallback.js'

/**
 * @param file name of the configuration; null: the built-in one is in force
 * @param check throws with a sentence when the daemon could not run with it
 * @param log told the warnings
 */
export const rereading =
  (file: string | null, check: (config: Config) => void, log: Logger): RereadOptions['read'] =>
  () => {
    if (file === null) return { refused: 'the built-in one is in force, and there is no file to read; start kantukd with -c FILE.' }
    try {
      const { config, warnings } = loadConfig(file)
      check(config)
      for (const warning of warnings) log.warn(formatFinding(warning))
      return { config }
    } catch (fault) {
      return { refused: whyNot(fault) }
    }
  }

export type WaitingOptions = {
  log: Logger
  isSignalled(): boolean
  requests: Requests
  read: RereadOptions['read']
  adjust(config: Config['log']): void
}

/** Waits for the ignition, by the newest configuration that can be used. @returns what the daemon is to begin with */
export async function waitAndReread(config: Config, { log, isSignalled, requests, read, adjust }: WaitingOptions): Promise<Config> {
  let wanted = config
  let isRefused = false
  do {
    if (requests.stands) {
      requests.take()
      const found = read()
      isRefused = 'refused' in found
      if ('refused' in found) log.error(`The configuration cannot be used: ${found.refused}`)
      else wanted = found.config
      adjust(wanted.log)
    }
    await waitForIgnition(wanted, log, () => isSignalled() || requests.stands)
  } while (requests.stands && !isSignalled())
  // So that the daemon says it in its health.
  if (isRefused) requests.add()
  return wanted
}
