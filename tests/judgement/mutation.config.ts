/**
 * The tests of the judgement for `npm run mutation`: what is told by random drives, clocks and documents would cost days and says little more.
 * `MUTATION_TESTS=units`: without the stories, ten times faster; what survives is tried against them by a later call. `MUTATION_TESTS=signs`: the tests
 * of one sign each alone, for `signs/`, ten times faster again. Anything else names the files to try with: `MUTATION_TESTS=signs/measures,signs/tally`.
 */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const besideThisFile = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const left = ['properties', 'step-time', 'ear', 'policy-document', 'story-language']
const stories = ['stories', 'stories/every-story', 'signs/baseline', 'signs/measures', 'rules/slump', 'rules/unresponsive']
const mode = process.env.MUTATION_TESTS ?? 'all'
const drives = ['signs/rules', 'episode/*', 'rules/*']
const leftOut: Readonly<Record<string, readonly string[]>> = {
  all: left,
  units: [...left, ...stories],
  signs: [...left, 'stories', 'stories/every-story', ...drives],
}

const named = mode in leftOut ? ['**/*'] : mode.split(',')

export default defineConfig({
  root: besideThisFile('../..'),
  resolve: { alias: [{ find: /^.*\/scenarios\/runs\.js$/, replacement: besideThisFile('one-run.ts') }] },
  test: {
    include: named.map((name) => `tests/judgement/${name}.test.ts`),
    exclude: (leftOut[mode] ?? left).map((name) => `tests/judgement/${name}.test.ts`),
    testTimeout: 60_000,
    // The judgement keeps nothing between two: one import serves all.
    isolate: false,
  },
})
