import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/global-setup.ts'],
    // Two cores: more workers than that only make timings of real processes unsteady.
    maxWorkers: 2,
    // The OpenCV addon is bound to one thread's context: files run in processes of their own.
    pool: 'forks',
    // Real programs on a busy machine: a limit is there to end what hangs, not to measure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
