/** Starts the tests of tests/inputs/namespace: on a false /sys/class/gpio with lines that can be made to change. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { runInside } from '../namespaced.js'

// lines.ts says why a name of the machine is needed; as root in a namespace of one's own it may be changed.
const mayRename = spawnSync('unshare', ['--uts', 'sh', '-c', 'echo 1 > /proc/sys/kernel/hostname'], { encoding: 'utf8' })

it.skipIf(mayRename.status !== 0)('GPIO inputs through onoff do what they must on a false sysfs', { timeout: 300_000 }, async () => {
  const { code, said } = await runInside(fileURLToPath(new URL('namespace/', import.meta.url)), ['--uts'])
  expect(code, said).toBe(0)
  expect(said).toMatch(/Tests .*\d+ passed/)
  expect(said).not.toContain('skipped')
})
if (mayRename.status !== 0) process.stderr.write(`GPIO inputs are not tested: they need root (${mayRename.stderr.trim()})\n`)
