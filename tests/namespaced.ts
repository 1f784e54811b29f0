/** Runs tests on a false /sys/class/gpio, in a mount namespace of their own, so that the real onoff can be used. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const vitest = join(require.resolve('vitest/package.json'), '../vitest.mjs')
const epoll = join(require.resolve('epoll/package.json'), '../build/Release/epoll.node')
// Told which namespace it must not be in: this one, which it would spoil.
const enter = ['env', `OUTSIDE=${readlinkSync('/proc/self/ns/mnt')}`, fileURLToPath(new URL('alarm/namespace/enter.sh', import.meta.url))]

/** Ways into a mount namespace: as root; as a user, where user namespaces are allowed; as root in a chroot, whose root is no mount point. */
const WAYS = [['--mount'], ['--user', '--map-root-user', '--mount'], ['--mount', '--propagation', 'unchanged']]

/** The first way that works here. @param more further namespaces, as unshare's options */
export function wayIn(more: readonly string[]): string[] {
  const refusals: string[] = []
  for (const way of WAYS) {
    const { status, stderr, error } = spawnSync('unshare', [...way, ...more, ...enter, 'true'], { encoding: 'utf8' })
    if (status === 0) return [...way, ...more, ...enter]
    refusals.push(error?.message ?? stderr.trim())
  }
  throw new Error(`no mount namespace may be made here, so that GPIO cannot be tested; run the tests as root: ${refusals.join('; ')}`)
}

/**
 * Runs the `*.inside.ts` of a folder that has a vitest.config.ts.
 * @returns the exit code, and everything that was said
 */
export async function runInside(folder: string, more: readonly string[] = []): Promise<{ code: unknown; said: string }> {
  if (!existsSync(epoll)) throw new Error(`the addon of onoff is not built: ${epoll} is not there; run scripts/setup`)
  const child = spawn('unshare', [...wayIn(more), process.execPath, vitest, 'run', '--root', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = await once(child, 'close')
  return { code, said }
}
