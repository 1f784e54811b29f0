/** How open a driver's eyes look to the classifier: a quantile of the probability over the time seen, in a fixed table. */

export interface Levels {
  /** Counts `forMs` of a probability 0..1. */
  add(closed: number, forMs: number): void
  /** Time counted, ms. */
  readonly totalMs: number
  /** The probability that `share` of the counted time did not exceed, to half a cell (0.01); null when nothing was counted. */
  quantile(share: number): number | null
  clear(): void
}

// Own: cells of 0.02, finer than a classifier is steady.
const CELLS = 50

export function createLevels(): Levels {
  const cells = new Float64Array(CELLS)
  let totalMs = 0

  return {
    add(closed, forMs) {
      const cell = Math.min(CELLS - 1, Math.floor(closed * CELLS))
      cells[cell] = (cells[cell] ?? 0) + forMs
      totalMs += forMs
    },
    get totalMs() {
      return totalMs
    },
    quantile(share) {
      if (totalMs === 0) return null
      let belowMs = 0
      for (let cell = 0; cell < CELLS; cell++) {
        belowMs += cells[cell] ?? 0
        if (belowMs >= share * totalMs) return (cell + 0.5) / CELLS
      }
      return (CELLS - 0.5) / CELLS
    },
    clear() {
      cells.fill(0)
      totalMs = 0
    },
  }
}
