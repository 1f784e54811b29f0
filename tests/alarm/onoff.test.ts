/** Starts the tests of tests/alarm/namespace: on a false /sys/class/gpio, in a mount namespace of their own. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const here = fileURLToPath(new URL('namespace/', import.meta.url))
const require = createRequire(import.meta.url)
const vitest = join(require.resolve('vitest/package.json'), '../vitest.mjs')
const epoll = join(require.resolve('epoll/package.json'), '../build/Release/epoll.node')
const enter = join(here, 'enter.sh')

/** Ways into a mount namespace: as root; as a user, where user namespaces are allowed; as root in a chroot, whose root is no mount point. */
const WAYS = [['--mount'], ['--user', '--map-root-user', '--mount'], ['--mount', '--propagation', 'unchanged']]

/** The first way that works here. */
function wayIn(): string[] {
  const refusals: string[] = []
  for (const way of WAYS) {
    const { status, stderr, error } = spawnSync('unshare', [...way, enter, 'true'], { encoding: 'utf8' })
    if (status === 0) return [...way, enter]
    refusals.push(error?.message ?? stderr.trim())
  }
  throw new Error(
    `no mount namespace may be made here, so that the GPIO output cannot be tested; run the tests as root: ${refusals.join('; ')}`,
  )
}

it('GPIO through onoff does what it must on a false sysfs', { timeout: 300_000 }, async () => {
  if (!existsSync(epoll)) throw new Error(`the addon of onoff is not built: ${epoll} is not there; run scripts/setup`)
  const child = spawn('unshare', [...wayIn(), process.execPath, vitest, 'run', '--root', here], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = await once(child, 'close')
  expect(code, said).toBe(0)
  // All of them; the one that needs a second user is left out where a user namespace has only one.
  expect(said).toMatch(/Tests .*(29 passed|28 passed.*1 skipped)/)
})
