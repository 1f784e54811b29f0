import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const rooms = ['judgement', 'alarm', 'fleet']

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
    // Counted by `npm test` and `npm run coverage`: the rooms in which a branch that nobody tried may cost a warning.
    coverage: {
      provider: 'v8',
      include: rooms.map((room) => `daemon/${room}/**/*.ts`),
      reporter: ['text-summary', 'json', 'text'],
      reportsDirectory: '.cache/coverage',
      thresholds: Object.fromEntries(rooms.map((room) => [`daemon/${room}/**`, { branches: 95 }])),
    },
  },
})
