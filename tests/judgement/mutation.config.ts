/**
 * The tests of the judgement for `npm run mutation`: what is told by random drives, clocks and documents would cost days and says little more.
 * `MUTATION_TESTS=units`: without the stories, ten times faster; what survives is tried against them by a later call.
 */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const besideThisFile = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const left = ['properties', 'step-time', 'ear', 'policy-document', 'story-language']
const stories = ['stories', 'stories/every-story', 'signs/baseline', 'signs/measures', 'rules/slump', 'rules/unresponsive']
const isQuick = process.env.MUTATION_TESTS === 'units'

export default defineConfig({
  root: besideThisFile('../..'),
  resolve: { alias: [{ find: /^.*\/scenarios\/runs\.js$/, replacement: besideThisFile('one-run.ts') }] },
  test: {
    include: ['tests/judgement/**/*.test.ts'],
    exclude: [...left, ...(isQuick ? stories : [])].map((name) => `tests/judgement/${name}.test.ts`),
    testTimeout: 60_000,
    // The judgement keeps nothing between two: one import serves all.
    isolate: false,
  },
})
