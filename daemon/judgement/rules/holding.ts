/** What a rule over a window has in common: it begins at a threshold and holds until the figure is clearly below it. */

/**
 * One `step` an observation: since when it holds, ms, or null.
 * While the figure is withheld nothing is found, and what held before goes on with the same start afterwards.
 */
export function createHolding(): { step(atMs: number, begins: boolean, holds: boolean, isWithheld?: boolean): number | null } {
  let sinceMs: number | null = null
  return {
    step(atMs, begins, holds, isWithheld = false) {
      if (isWithheld) return null
      if (sinceMs === null ? begins : holds) sinceMs ??= atMs
      else sinceMs = null
      return sinceMs
    },
  }
}
