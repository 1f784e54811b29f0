/** Starts the walk of docs/install.md: on a false /sys/class/gpio, in a mount namespace of its own. */
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { runInside } from '../namespaced.js'

it('docs/install.md leads a newcomer to the first alarm, by its own commands', { timeout: 300_000 }, async () => {
  const { code, said } = await runInside(fileURLToPath(new URL('namespace/', import.meta.url)))
  expect(code, said).toBe(0)
})
