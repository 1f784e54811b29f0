/** Why an eye was lost or misplaced in a frame, in words. Pure. */
import { distance } from '../../daemon/vision/locate/geometry.js'
import type { Look } from './looks.js'

// Own: a misplaced eye is off by more than this, in inter-eye distances: a fifth of the patch, from where lids begin to leave it.
export const MISPLACED = 0.15

// Own: pose from which the reference, too, guesses at the far eye.
const TURNED_YAW_DEGREES = 25
const BENT_PITCH_DEGREES = -15
// Own: in inter-eye distances a frame.
const FAST = 0.08
// Own: share of the face's box outside the frame.
const CUT_OFF = 0.1

/** Frames in which not both eyes are seen: the reason that is told, and whether the reference sees a face there. */
export const lostBecause = ({ located, reference }: Look): string => {
  const reasons = new Set([located.unseen.left, located.unseen.right].filter((reason) => reason !== null))
  const which = located.left === null && located.right === null ? 'both eyes' : 'one eye'
  const seen = reference === null ? 'YuNet sees no face either' : 'YuNet sees a face'
  return `${which} lost: ${[...reasons].join(', ')}; ${seen}`
}

const outside = ({ width, height, reference }: Look): number => {
  if (reference === null) return 0
  const [x, y, w, h] = reference.box
  const shown = Math.max(0, Math.min(width, x + w) - Math.max(0, x)) * Math.max(0, Math.min(height, y + h) - Math.max(0, y))
  return 1 - shown / (w * h)
}

/** Why an eye that both see lies apart; `before` is the frame before in the same recording. */
export const misplacedBecause = (look: Look, before: Look | undefined): string => {
  const { located, reference } = look
  const [left, right] = [located.left?.square.center, located.right?.square.center]
  if (reference === null || located.face === null) return 'misplaced: no reference'
  const scale = distance(reference.right, reference.left)
  const apart = (ours: readonly [number, number] | undefined, theirs: readonly [number, number]) =>
    ours === undefined ? 0 : distance(ours, theirs) / scale
  if (Math.min(apart(left, reference.left), apart(right, reference.right)) > 1) return 'misplaced: another face, or none'
  if (Math.abs(located.face.yaw) > TURNED_YAW_DEGREES) return 'misplaced: the head is turned'
  if (located.face.pitch < BENT_PITCH_DEGREES) return 'misplaced: the head is bent down'
  if (outside(look) > CUT_OFF) return 'misplaced: the face is cut off by the edge'
  if (before?.reference && distance(before.reference.left, reference.left) / scale > FAST) return 'misplaced: a fast move'
  if (/hands/.test(look.recording.group)) return 'misplaced: hands or hair before the face'
  return 'misplaced: none of these'
}
