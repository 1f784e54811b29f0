import type { Verdicts } from './types.js'

// A fleet's desk that judges every alarm of a lorry for months stays far below; nobody may fill the memory with invented incidents.
export const MOST_VERDICTS = 5_000

/** The newest verdicts, for this run. `all`: oldest first. */
export const createMemoryVerdicts = (
  known: Iterable<readonly [string, boolean]> = [],
): Verdicts & { all(): Iterable<readonly [string, boolean]> } => {
  const verdicts = new Map<string, boolean>()
  const keep = (incident: string, isTrue: boolean): void => {
    // Taken out first, so that the newest are last.
    verdicts.delete(incident)
    verdicts.set(incident, isTrue)
    const [oldest] = verdicts.keys()
    if (verdicts.size > MOST_VERDICTS && oldest !== undefined) verdicts.delete(oldest)
  }
  for (const [incident, isTrue] of known) keep(incident, isTrue)
  return {
    kept: 'memory',
    put: async (incident, isTrue) => keep(incident, isTrue),
    of: (incident) => verdicts.get(incident) ?? null,
    all: () => verdicts,
  }
}
