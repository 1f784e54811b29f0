/** What the daemon holds over time, and whether it grows. Pure. */

/** One look: both processes' resident memory, MB, and open file descriptors. */
export type Sample = { minute: number; mainMb: number; visionMb: number; mainFds: number; visionFds: number }

export type Column = Exclude<keyof Sample, 'minute'>

// Own: caches, compiled code and SQLite's pages are there by then.
const SETTLED_MINUTES = 5
// Own: a heap breathes by more than this within a minute; what leaks 0.1 MB a minute shows within an hour.
const FLAT_MB = 6
const FLAT_FDS = 3

/** Median of the last fifth of the samples less that of the first fifth, after the start. */
export const growthOf = (samples: readonly Sample[], column: Column): number => {
  const settled = samples.filter(({ minute }) => minute >= SETTLED_MINUTES).map((sample) => sample[column])
  const part = Math.max(1, Math.floor(settled.length / 5))
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
  return median(settled.slice(-part)) - median(settled.slice(0, part))
}

export const isFlat = (samples: readonly Sample[], column: Column): boolean =>
  growthOf(samples, column) <= (column.endsWith('Fds') ? FLAT_FDS : FLAT_MB)
