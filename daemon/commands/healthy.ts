/** `kantukd healthy`: asks the running daemon's /healthz. Docker's health check calls it. */
import { askHealth } from '../health/ask.js'
import { type ExitCode, reportFault } from './faults.js'
import { known } from './known.js'

// Own: Docker gives the image's check 10 s, and the program's start takes some of them on a slow board.
const LIMIT_MS = 5000

/**
 * One line on stdout, healthy or not; the findings of a configuration that cannot be used stand before it, on stderr.
 * @returns 0: it watches and judges. 1: it does not, or nobody can tell; also for a broken configuration, as Docker knows no other code.
 */
export async function healthyCommand(flags: { config?: string }): Promise<ExitCode> {
  const { config, fault, instead } = known(flags.config)
  if (fault !== null) reportFault(fault, (text) => void process.stderr.write(text))
  const { isHealthy, sentence } = await heard(config?.health.port)
  process.stdout.write(`${isHealthy ? 'healthy' : 'not healthy'}: ${sentence}${instead === null ? '' : ` (asked by ${instead})`}\n`)
  return isHealthy ? 0 : 1
}

const heard = async (port: number | null | undefined): Promise<{ isHealthy: boolean; sentence: string }> => {
  if (port === undefined) return { isHealthy: false, sentence: 'the configuration cannot be used, and no last good one is kept' }
  if (port === null) return { isHealthy: false, sentence: 'health.port is not set, so nobody can be asked; set it, such as 9300' }
  return askHealth(port, LIMIT_MS)
}
