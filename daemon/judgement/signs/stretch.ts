/** How long something has held without a break. */

/** One `step` an observation: returns for how many ms, up to this observation, `holds` has been true; 0 when it is not. */
export function createStretch(): { step(atMs: number, holds: boolean): number } {
  let sinceMs: number | null = null
  return {
    step(atMs, holds) {
      sinceMs = holds ? (sinceMs ?? atMs) : null
      return sinceMs === null ? 0 : atMs - sinceMs
    },
  }
}
