/** What a camera would see of the driver at one instant, and the observation that the vision process would make of it. */
import type { Eye, Observation, Reason } from '../../daemon/observation.js'
import type { Random } from '../train/random.js'

export type Look = {
  /** Probability closed of each eye, 0..1; null where `reason` hides it. */
  left: number | null
  right: number | null
  reason: Reason
  /** False when the face itself is not found. */
  face: boolean
  /** Degrees, as in an observation: positive to the driver's left and up. */
  yaw: number
  pitch: number
}

// As the chain's probabilities are on the recordings: near 0 and 1, seldom between (`replay --observations`).
const NOISE = 0.03
const POSE_NOISE_DEGREES = 1.5

const clamp = (p: number): number => Math.min(1, Math.max(0, p))

/**
 * @param atMs time stamp of the frame
 * @param random noise of classifier and pose; null for none
 */
export function observationOf(look: Look, atMs: number, frame: number, random: Random | null, noise = NOISE): Observation {
  const wavering = (mean: number, deviation: number): number => mean + (random === null ? 0 : deviation * random.normal())
  const eye = (p: number | null): Eye | null =>
    p === null ? null : { closed: clamp(wavering(p, noise)), visible: 1, center: [320, 200], size: 48 }
  const left = eye(look.left)
  const right = eye(look.right)
  const pose = { yaw: wavering(look.yaw, POSE_NOISE_DEGREES), pitch: wavering(look.pitch, POSE_NOISE_DEGREES), roll: 0 }
  return {
    at: atMs,
    frame,
    face: look.face ? { confidence: 0.9, box: [220, 120, 200, 200], ...pose } : null,
    left,
    right,
    unseen: { left: left === null ? look.reason : null, right: right === null ? look.reason : null },
    scene: { brightness: look.reason === 'too-dark' ? 15 : look.reason === 'too-bright' ? 240 : 100, sharpness: 100 },
  }
}
