/** Starts the tests of tests/health/namespace: with a false thermometer, in a mount namespace of their own. */
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { runInside } from '../namespaced.js'

it('a daemon under strain sheds what the driver does not need', { timeout: 300_000 }, async () => {
  const { code, said } = await runInside(fileURLToPath(new URL('namespace/', import.meta.url)))
  expect(code, said).toBe(0)
  expect(said).toMatch(/Tests .*1 passed/)
})
