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
const enter = ['--mount', join(here, 'enter.sh')]

/** Why it cannot be tested here; null if it can. */
const obstacle = (): string | null => {
  if (!existsSync(epoll)) return 'the addon of onoff is not built: npm rebuild epoll'
  const tried = spawnSync('unshare', [...enter, 'true'], { encoding: 'utf8' })
  return tried.status === 0 ? null : `no mount namespace may be made here (needs root): ${tried.error?.message ?? tried.stderr.trim()}`
}

it('GPIO through onoff does what it must on a false sysfs', { timeout: 120_000 }, async ({ skip }) => {
  const reason = obstacle()
  if (reason !== null) {
    process.stderr.write(`SKIPPED: the GPIO output is not tested: ${reason}\n`)
    skip(reason)
  }
  const child = spawn('unshare', [...enter, process.execPath, vitest, 'run', '--root', here], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = await once(child, 'close')
  expect(code, said).toBe(0)
  expect(said).toMatch(/Tests .*2\d passed/)
})
