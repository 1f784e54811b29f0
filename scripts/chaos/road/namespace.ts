/** A mount namespace with a /sys/class/gpio of our own: the program starts itself anew inside. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { wayIn } from '../../../tests/namespaced.js'

const INSIDE = 'KANTUKD_CHAOS_INSIDE'

/** Returns inside; outside it runs the program there, and ends with its exit code. @param program file of the program */
export const enterNamespace = (program: string): void => {
  if (process.env[INSIDE] !== undefined) return
  const tsx = fileURLToPath(import.meta.resolve('tsx'))
  const { status } = spawnSync('unshare', [...wayIn([]), process.execPath, '--import', tsx, program, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [INSIDE]: 'yes' },
  })
  process.exit(status ?? 1)
}
