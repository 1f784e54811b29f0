/** Whether a camera still gives new pictures. Pure: it compares what was seen, which noise makes different in any two true frames. */
import type { Observation } from '../observation.js'

export type Freshness = 'fresh' | 'same' | 'frozen'

// Own: three times the longest pause that a webcam makes while it sets its exposure anew.
const PATIENCE_MS = 3000

// Own: where the sensor gives nothing, or everything, it has no noise either: that is darkness or glare, and told as such.
const DARK = 5
const GLARING = 250

const lookOf = ({ scene, face, left, right }: Observation): string =>
  JSON.stringify([scene.brightness, scene.sharpness, face?.box, face?.yaw, left?.closed, right?.closed])

/** @returns what the newest observation shows: `same` as the one before, or `frozen` when that has gone on for 3 s */
export const createFreshness = (patienceMs = PATIENCE_MS): ((observation: Observation) => Freshness) => {
  let last: string | null = null
  let sinceMs = Number.NEGATIVE_INFINITY
  return (observation) => {
    const look = lookOf(observation)
    const { brightness } = observation.scene
    const hasNoise = brightness >= DARK && brightness <= GLARING
    if (last === null) sinceMs = observation.at
    const isSame = look === last || last === null
    last = look
    if (!isSame || !hasNoise) {
      sinceMs = observation.at
      return 'fresh'
    }
    return observation.at - sinceMs >= patienceMs ? 'frozen' : 'same'
  }
}
