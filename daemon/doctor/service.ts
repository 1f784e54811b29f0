/** What systemd says of the service. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { type Check, type Diagnosis, fail, pass, warn } from './types.js'

const run = promisify(execFile)

// sd_booted(3): there is this folder where systemd runs.
export const SYSTEMD_RUNS = '/run/systemd/system'

// Docker and Podman leave these in every container of theirs.
const CONTAINER_MARKS = ['/.dockerenv', '/run/.containerenv']

/** What is to be said where systemd does not run. @param isContainer whether a container's engine is what starts the program */
export const withoutSystemd = (isContainer: boolean): Diagnosis =>
  isContainer
    ? pass('service', 'it runs in a container: the engine starts it, and again when it ends, as docs/compose.yaml asks')
    : warn(
        'service',
        'service-no-systemd',
        'systemd does not run here: nothing starts kantukd with the vehicle',
        'at a desk, none; in a vehicle, install it as docs/install.md says',
      )

/** What `systemctl show` prints of the unit, by name. */
export function diagnose(shown: string): Diagnosis {
  const of = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(shown)?.[1] ?? ''
  const [active, restarts, status] = [of('ActiveState'), Number(of('NRestarts')), of('StatusText')]
  if (of('LoadState') === 'not-found')
    return warn('service', 'service-missing', 'kantukd is not installed as a service', 'sudo scripts/install')
  if (of('UnitFileState') === 'disabled')
    return warn(
      'service',
      'service-disabled',
      `it is ${active}, and does not start with the vehicle`,
      'sudo systemctl enable --now kantukd',
    )
  if (active === 'failed')
    return fail(
      'service',
      'service-failed',
      `it has failed (${of('Result')})`,
      'see why: journalctl -u kantukd -n 50; then: sudo systemctl restart kantukd',
    )
  if (active !== 'active') return warn('service', 'service-stopped', `it is ${active}`, 'sudo systemctl start kantukd')
  const again = `; started again ${restarts} times since`
  return pass('service', `it runs: ${status}${restarts > 0 ? again : ''}`)
}

/** True where systemd runs, and the service in it. */
export async function isServiceActive(): Promise<boolean> {
  if (!existsSync(SYSTEMD_RUNS)) return false
  const { stdout } = await run('systemctl', ['show', 'kantukd', '-p', 'ActiveState'])
  return stdout.includes('ActiveState=active')
}

export const service: Check = async () => {
  if (!existsSync(SYSTEMD_RUNS)) return [withoutSystemd(CONTAINER_MARKS.some((mark) => existsSync(mark)))]
  const names = ['LoadState', 'UnitFileState', 'ActiveState', 'Result', 'NRestarts', 'StatusText']
  const { stdout } = await run('systemctl', ['show', 'kantukd', ...names.flatMap((name) => ['-p', name])])
  return [diagnose(stdout)]
}
