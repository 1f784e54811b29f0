/** The tests of the judgement for `npm run mutation`: what is told by random drives, clocks and documents would cost days and says little more. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const besideThisFile = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

export default defineConfig({
  root: besideThisFile('../..'),
  resolve: { alias: [{ find: /^.*\/scenarios\/runs\.js$/, replacement: besideThisFile('one-run.ts') }] },
  test: {
    include: ['tests/judgement/**/*.test.ts'],
    exclude: ['properties', 'step-time', 'ear', 'policy-document', 'story-language'].map((name) => `tests/judgement/${name}.test.ts`),
    testTimeout: 60_000,
    // The judgement keeps nothing between two: one import serves all.
    isolate: false,
  },
})
