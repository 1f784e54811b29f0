import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Per cent of the branches. What is missing in the fleet room are chiefly lines that end while others begin.
const rooms = { judgement: 95, alarm: 95, fleet: 95 }

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
      include: Object.keys(rooms).map((room) => `daemon/${room}/**/*.ts`),
      // Runs as a thread out of dist, where nobody counts; what it answers is in answering.ts.
      exclude: ['daemon/fleet/outbox/thread.ts'],
      reporter: ['text-summary', 'json', 'text'],
      reportsDirectory: '.cache/coverage',
      thresholds: Object.fromEntries(Object.entries(rooms).map(([room, branches]) => [`daemon/${room}/**`, { branches }])),
    },
  },
})
