/** The locator port: a frame in, the driver's face and the two squares to cut out for the eyes. */
import type { Face, Reason } from '../../observation.js'
import type { Frame, Light, Square } from '../pixels.js'

/** A place in the frame, px. */
export type Point = readonly [x: number, y: number]

export type LocatedEye = {
  /** The upright patch around the eye, as the classifier was trained on it. */
  square: Square
  /** How far the eye can be judged, 0..1, from pose, size and light. */
  visible: number
  /** Brightness of the cheek below it, 0..255: what its patch is measured against. */
  skin: number
}

export type Located = {
  face: Face | null
  /** The driver's own left and right; null with the reason in `unseen`. */
  left: LocatedEye | null
  right: LocatedEye | null
  unseen: { left: Reason | null; right: Reason | null }
  /** Light of the face or, without one, of the whole frame. */
  scene: Light
}

export interface Locator {
  /**
   * Called by the loop once a frame, in the order of `frame.at`, one call at a time. Does not release the frame.
   * @throws OpencvError when the frame was released before
   */
  locate(frame: Frame): Promise<Located>
  /** Forgets the face that was tracked, as at the start of another recording. */
  reset(): void
  /** Frees the networks. Called once, last. */
  close(): Promise<void>
}
