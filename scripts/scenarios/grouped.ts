/** The faults of a story over all its runs, each once with the runs in which it stands. */
import { faultsOf } from './check.js'
import { runName, runs } from './runs.js'
import type { Story } from './story.js'
import { tell } from './tell.js'

/** @returns `fault (5 fps; 15 fps, rough)`, or `fault (every run)`; empty when the story comes out as it must */
export function faultsOverRuns(story: Story): string[] {
  const where = new Map<string, string[]>()
  for (const run of runs) {
    // The time at which something came differs with the rate: it is the same fault.
    for (const fault of faultsOf(story, tell(story.timeline, run))) {
      const key = fault.replace(/ at ([0-9]+)\.[0-9]+ s$/, ' near $1 s')
      where.set(key, [...(where.get(key) ?? []), runName(run)])
    }
  }
  return [...where].map(([fault, names]) => `${fault} (${names.length === runs.length ? 'every run' : names.join('; ')})`)
}
