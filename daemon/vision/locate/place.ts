/** Where a face sits in the picture, in shares of it: a change of the picture's size moves nobody. */
import type { Detection } from './blazeface.js'

/** What of a frame places a face: its size in px and its time in ms. */
export type View = { width: number; height: number; at: number }

/** Middle of the face in 0..1 of the picture's width and height; `size` in 0..1 of its width. */
export type Place = { x: number; y: number; size: number }

/** The longer side of a face's box, px. */
export const faceSize = (face: Detection): number => Math.max(face.width, face.height)

export const placeOf = (face: Detection, { width, height }: View): Place => ({
  x: face.center[0] / width,
  y: face.center[1] / height,
  size: faceSize(face) / width,
})

/** Way between the middles of two places, in sizes of the first face. */
export const facesApart = (from: Place, to: Place, { width, height }: View): number =>
  Math.hypot(to.x - from.x, ((to.y - from.y) * height) / width) / from.size
