/** Waits for a moment in which the watch may be interrupted: no warning stands, and no closure runs. */
import { setTimeout as sleep } from 'node:timers/promises'

// Own: longer than a blink, so that one is not taken for calm between two closures.
const CALM_MS = 1000
const LOOK_EVERY_MS = 100

/**
 * @param isCalm asked again and again
 * @param isOver ends the waiting
 * @returns whether it became calm
 */
export async function untilCalm(isCalm: () => boolean, isOver: () => boolean): Promise<boolean> {
  for (let calmMs = 0; !isOver(); await sleep(LOOK_EVERY_MS)) {
    calmMs = isCalm() ? calmMs + LOOK_EVERY_MS : 0
    if (calmMs > CALM_MS) return true
  }
  return false
}
