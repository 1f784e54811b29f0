/** Whether an eye can be judged in this frame by the face as a whole: pose, size, light; legible.ts looks at each eye itself. */
import type { Reason } from '../../observation.js'
import { lightOf, partInside } from '../light.js'
import type { Area, Frame, Light, Square } from '../pixels.js'
import type { Pose } from './pose.js'

// Source: the issue that asked for it; a sliver behind the nose. Already from 30° on the model itself sees no far eye: 0 of 43 frames, docs/eyes.md.
const FAR_EYE_YAW_DEGREES = 45
// Own: from here on an eye on the far side that shows none is hidden by the turn rather than covered.
const TURNED_YAW_DEGREES = 20
// Own: a profile; the points of both eyes are guesses.
const PROFILE_YAW_DEGREES = 70
// Own, by eye, from a head bent down and aside: brow and cheek hide the lids, and an open eye looks closed; the further aside, the less it takes.
const BENT_ASIDE_YAW_DEGREES = 24
const BENT_ASIDE_PITCH_DEGREES = -12
const BENT_ASIDE_PITCH_PER_YAW = 0.25
// Own: design.md's hardest test video has patches of 50 px, lids stay legible down to about 10.
const MIN_PATCH_PX = 10
// Own, mean of the face 0..255: at 12 the detectors still find every face of the recordings, at 8 a lid's shade is two or three
// steps of the picture; above the upper one, skin and lids saturate alike.
const MIN_BRIGHTNESS = 8
const MAX_BRIGHTNESS = 245
// Own: deviation of the Laplacian of the face at 64 px over its brightness, so that the dark is not taken for a blur. The recordings
// have 0.14 and more; blurred by 3 px, which leaves lids legible, 0.07.
const MIN_RELATIVE_SHARPNESS = 0.03

/** `left` and `right` are the driver's own. */
type Unseen = { left: Reason | null; right: Reason | null }

/** The frame is brought down to so many px a side to tell a covered lens: the camera's noise goes, and what a seat or a window shows stays. */
const COARSE_PX = 16
// The same measure of the coarse frame. Of the recordings 0.3 and more; a finger before a noisy camera 0.04, out of focus by 40 px 0.1 to 0.2.
const COVERED_COARSE_SHARPNESS = 0.08
// Of the recordings 0.14 and more, fine; a finger before a noisy camera 0.05, out of focus by 16 px less than 0.1. Nothing but noise has more than either.
const COVERED_FINE_SHARPNESS = 0.15
const BLURRED_SCENE_SHARPNESS = 0.1

/** Deviation of the Laplacian over the brightness: without it, the dark would be taken for a blur. */
export const relativeSharpness = ({ brightness, sharpness }: Light): number => Math.sqrt(sharpness) / Math.max(1, brightness)

/** The light of a frame's area, brought down so far that only what is large remains. `square` is the one around the area. */
export const coarseLight = (frame: Frame, square: Square, area: Area): Light =>
  lightOf(frame.cutGray(square, COARSE_PX), partInside(square, area, COARSE_PX))

/** Why there is no face, as far as the light of the whole frame tells, fine and coarse. */
export const noFaceReason = (fine: Light, coarse: Light): Reason => {
  if (fine.brightness < MIN_BRIGHTNESS) return 'too-dark'
  if (fine.brightness > MAX_BRIGHTNESS) return 'too-bright'
  const sharpness = relativeSharpness(fine)
  if (sharpness < COVERED_FINE_SHARPNESS && relativeSharpness(coarse) < COVERED_COARSE_SHARPNESS) return 'covered'
  return sharpness < BLURRED_SCENE_SHARPNESS ? 'blurred' : 'no-face'
}

/** Whether an eye lies on the far side of a head that is clearly turned. Turned to the driver's left, the left eye goes behind the nose. */
export const isFarEye = (yaw: number, side: 'left' | 'right'): boolean => (side === 'left' ? yaw : -yaw) > TURNED_YAW_DEGREES

/** Whether a head is bent down and aside so far that its lids cannot be seen. */
const isBentAside = ({ yaw, pitch }: Pose): boolean => {
  const beyondDegrees = Math.abs(yaw) - BENT_ASIDE_YAW_DEGREES
  return beyondDegrees > 0 && pitch < BENT_ASIDE_PITCH_DEGREES + BENT_ASIDE_PITCH_PER_YAW * beyondDegrees
}

/** Null where an eye can be judged. */
export const unseenReasons = (pose: Pose, square: Square, light: Light): Unseen => {
  const both = (reason: Reason): Unseen => ({ left: reason, right: reason })
  if (Math.abs(pose.yaw) > PROFILE_YAW_DEGREES) return both('turned-away')
  if (isBentAside(pose)) return both('turned-away')
  if (square.size < MIN_PATCH_PX) return both('too-small')
  if (light.brightness < MIN_BRIGHTNESS) return both('too-dark')
  if (light.brightness > MAX_BRIGHTNESS) return both('too-bright')
  if (relativeSharpness(light) < MIN_RELATIVE_SHARPNESS) return both('blurred')
  return {
    left: pose.yaw > FAR_EYE_YAW_DEGREES ? 'turned-away' : null,
    right: pose.yaw < -FAR_EYE_YAW_DEGREES ? 'turned-away' : null,
  }
}
