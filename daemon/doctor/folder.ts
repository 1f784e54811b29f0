/** Whether the service can write into a folder: the file system, its user's rights, and what its unit leaves it. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmdirSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { reasonOf } from '../reason-of.js'
import { SYSTEMD_RUNS } from './service.js'

const run = promisify(execFile)

// The unit's User=.
const USER = 'kantukd'
// Of the unit's StateDirectory=kantukd: a command, which systemd has not started, is not told.
export const INSTALLED = '/var/lib/kantukd'
export const BYTES_IN_MB = 1024 * 1024

/** What anybody but root may still write there, MB. @throws what the file system says */
export function freeMbIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return Math.floor((bavail * bsize) / BYTES_IN_MB)
}

/** `cure` null: there must be room first. */
export type Refusal = { why: string; isFull: boolean; cure: string | null }

const MAKE = (folder: string): string => `make it, and give it to the service: sudo install -d -o ${USER} -g ${USER} ${folder}`
const GIVE = (folder: string): string => `give it to the service: sudo chown ${USER}: ${folder}`

// errno(3): what a folder answers that cannot be written.
const cures: Readonly<Record<string, (folder: string) => string | null>> = {
  ENOENT: MAKE,
  ENOTDIR: (folder) => `something that is no folder stands in its way: move it, then: sudo install -d -o ${USER} -g ${USER} ${folder}`,
  EACCES: GIVE,
  EPERM: GIVE,
  EROFS: () =>
    'is it mounted to be read only? A card that became so by itself is worn out or damaged: replace it; else name another folder',
  ENOSPC: () => null,
  EDQUOT: () => null,
}

const nameAnother = (folder: string): string => `look at it: ls -ld ${folder}; or name another folder in state.dir`

const refusal = (folder: string, fault: unknown): Refusal => {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : ''
  const cure = (cures[code] ?? nameAnother)(folder)
  return { why: reasonOf(fault), isFull: cure === null, cure }
}

/** False where the service's user has no right to; true also where there is no such user. Asked only of root, who has every right. */
async function mayWrite(user: string, folder: string): Promise<boolean> {
  try {
    const { stdout: group } = await run('id', ['-g', user])
    const test = ['sh', '-c', '[ -w "$1" ] && [ -x "$1" ] || echo no', 'sh', folder]
    const { stdout } = await run('setpriv', [`--reuid=${user}`, `--regid=${group.trim()}`, '--init-groups', ...test])
    return stdout.trim() !== 'no'
  } catch {
    // No such user, as in a checkout that is not installed, or no setpriv: then our own trial is what we know.
    return true
  }
}

/** Why nothing can be written into a folder, by us or by the service's user; null: it can. Leaves nothing behind. */
export async function refusalOf(folder: string, user = USER): Promise<Refusal | null> {
  try {
    // A trial folder "in" a file fails as a missing one would.
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error('it is not a folder'), { code: 'ENOTDIR' })
    rmdirSync(mkdtempSync(path.join(folder, '.doctor-')))
  } catch (fault) {
    return refusal(folder, fault)
  }
  if (process.getuid?.() !== 0 || (await mayWrite(user, folder))) return null
  return { why: `the service runs as ${user}, who has no right to`, isFull: false, cure: GIVE(folder) }
}

/** Whether a folder lies in one of those that systemd leaves writable. @param shown what `systemctl show` prints of the unit */
export function isOpened(folder: string, shown: string): boolean {
  if (!/^LoadState=loaded$/m.test(shown)) return true
  const writable = /^ReadWritePaths=(.*)$/m.exec(shown)?.[1]?.split(/\s+/) ?? []
  // systemd.exec(5): "-" before a path: where there is none, it is no error; "+": below the root of the unit.
  return writable.map((each) => each.replace(/^[-+]+/, '')).some((each) => each !== '' && isWithin(folder, each))
}

const isWithin = (folder: string, above: string): boolean =>
  `${path.resolve(folder)}/`.startsWith(`${path.resolve(above).replace(/\/$/, '')}/`)

/** Null where systemd lets the service write into a folder, or does not run here. @param own the folder that the unit gives it */
export async function reachOfService(folder: string, own: string): Promise<Refusal | null> {
  if (isWithin(folder, own) || !existsSync(SYSTEMD_RUNS)) return null
  const { stdout } = await run('systemctl', ['show', USER, '-p', 'LoadState', '-p', 'ReadWritePaths'])
  if (isOpened(folder, stdout)) return null
  const cure = `open it to the service: sudo systemctl edit kantukd, with the lines [Service] and ReadWritePaths=${folder}; then: sudo systemctl restart kantukd`
  return { why: `the service's unit lets it write in ${own} only`, isFull: false, cure }
}
