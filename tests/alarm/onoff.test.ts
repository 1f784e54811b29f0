/** Starts the tests of tests/alarm/namespace: on a false /sys/class/gpio, in a mount namespace of their own. */
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { runInside } from '../namespaced.js'

it('GPIO through onoff does what it must on a false sysfs', { timeout: 900_000 }, async () => {
  const { code, said } = await runInside(fileURLToPath(new URL('namespace/', import.meta.url)))
  expect(code, said).toBe(0)
  // All of them; the one that needs a second user is left out where a user namespace has only one.
  expect(said).toMatch(/Tests .*(52 passed|51 passed.*1 skipped)/)
})
