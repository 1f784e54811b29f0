/**
 * What the vision process says about one frame: the only thing that crosses the process border.
 *
 * Left and right are the driver's own. An eye that cannot be judged is null, with the reason in `unseen`;
 * not seen never means closed.
 */
import { z } from 'zod'

/** Why an eye could not be judged. */
export const reasons = [
  'no-face',
  'turned-away',
  'too-dark',
  'too-bright',
  'blurred',
  'covered',
  'too-small',
  'dark-glasses',
  'no-camera',
] as const

const eye = z.object({
  /** Calibrated probability that the eye is closed, 0..1. */
  closed: z.number().min(0).max(1),
  /** How far the eye can be judged, 0..1; seen from 0.5 on. */
  visible: z.number().min(0).max(1),
  /** Centre, px in the frame. */
  center: z.tuple([z.number(), z.number()]),
  /** Side of the square patch, px in the frame. */
  size: z.number().positive(),
})

const face = z.object({
  confidence: z.number().min(0).max(1),
  /** x, y, width, height; px in the frame. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** Degrees, in the camera's frame: positive to the driver's left, up, and clockwise as the camera sees it. */
  yaw: z.number(),
  pitch: z.number(),
  roll: z.number(),
})

const reason = z.enum(reasons)

/** Checked at both ends of the process border. */
export const observation = z.object({
  /** Milliseconds on the monotonic clock when the frame was captured. */
  at: z.number(),
  /** Ordinal of the frame in this run of the camera, from 0. */
  frame: z.number().int().nonnegative(),
  face: face.nullable(),
  left: eye.nullable(),
  right: eye.nullable(),
  unseen: z.object({ left: reason.nullable(), right: reason.nullable() }),
  /** Brightness 0..255 and sharpness, of the face or, without one, of the whole frame. */
  scene: z.object({ brightness: z.number(), sharpness: z.number() }),
})

export type Observation = z.infer<typeof observation>
export type Eye = z.infer<typeof eye>
export type Face = z.infer<typeof face>
export type Reason = z.infer<typeof reason>

/** An eye is seen from this visibility on (design: "seen when it is not null and visible ≥ 0.5"). */
const SEEN_FROM = 0.5

/** True when the eye can be judged: there, and visible enough. */
export const isSeen = (eye: Eye | null): eye is Eye => eye !== null && eye.visible >= SEEN_FROM

/** True when there is no camera to see with: the vision process is down. */
export const isCameraAbsent = ({ unseen }: Observation): boolean => unseen.left === 'no-camera' && unseen.right === 'no-camera'

/** True when the face is found, and an eye of it is out of sight since the head is turned. */
export const isTurnedAway = ({ face, unseen }: Observation): boolean =>
  face !== null && (unseen.left === 'turned-away' || unseen.right === 'turned-away')
