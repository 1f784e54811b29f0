/** Medians and percentiles of what was measured. */

/** `median` and `p95` (95th percentile), in the unit of the values. */
export type Spread = { median: number; p95: number }

const rounded = (value: number): number => Number(value.toFixed(4))

/** The value below which a share (0..1) of the values lies; NaN of none. */
const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => rounded(quantile(values, 0.5))

export const spread = (values: readonly number[]): Spread => ({ median: median(values), p95: rounded(quantile(values, 0.95)) })
