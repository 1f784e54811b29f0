/** A head that falls forward: pitch down by 20° or more within a second. */
import type { Face } from '../../observation.js'
import { NOD_DEGREES, NOD_WITHIN_MS } from '../policy.js'

/**
 * One `step` an observation. Returns true while the head hangs as it fell: from the fall until the pitch has come up again,
 * or the fall is longer ago than a face that is "then lost" may take to be lost.
 */
export function createNod(): { step(atMs: number, face: Face | null): boolean } {
  // The pitches of the last second that a later one has not exceeded: the first is the highest.
  const heights: Array<{ atMs: number; pitch: number }> = []
  let fall: { atMs: number; fromPitch: number } | null = null

  function follow(atMs: number, pitch: number): void {
    for (let last = heights.at(-1); last !== undefined && last.pitch <= pitch; last = heights.at(-1)) heights.pop()
    heights.push({ atMs, pitch })
    for (let first = heights[0]; first !== undefined && first.atMs < atMs - NOD_WITHIN_MS; first = heights[0]) heights.shift()
    const highest = heights[0]
    if (highest !== undefined && highest.pitch - pitch >= NOD_DEGREES) fall ??= { atMs, fromPitch: highest.pitch }
    else if (fall !== null && fall.fromPitch - pitch < NOD_DEGREES) fall = null
  }

  return {
    step(atMs, face) {
      if (fall !== null && atMs - fall.atMs > NOD_WITHIN_MS && face !== null) fall = null
      if (face !== null) follow(atMs, face.pitch)
      return fall !== null
    },
  }
}
