/** Order statistics of a list of numbers. */

/**
 * The value below which a share of the list lies: the nearest rank, no interpolation.
 * @param share 0..1
 * @returns NaN for an empty list
 */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)
