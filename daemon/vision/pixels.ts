/** Pictures as the rooms of the vision process pass them on. No room's interface shows the native binding's own type. */

/** A gray patch, row by row, 0..255. */
export type GrayPatch = { width: number; height: number; data: Uint8Array }

/**
 * A square of the frame, turned: what one warp cuts.
 * `center` px in the frame, `size` side in px, `roll` degrees by which the square is turned clockwise in the frame.
 */
export type Square = { center: [number, number]; size: number; roll: number }

/** An upright part of a frame, whole px: `left` and `top` inside, `right` and `bottom` just outside. */
export type Area = { left: number; top: number; right: number; bottom: number }

/** Mean brightness 0..255 and sharpness (variance of the Laplacian) of a part of the frame. */
export type Light = { brightness: number; sharpness: number }

/** A copy of a whole frame for drawing on: blue, green, red, a byte each, row by row. */
export type BgrPicture = { width: number; height: number; data: Buffer }

/**
 * One frame of a camera, in native memory until `release`. Whoever got it from the camera releases it, once.
 * Reading from a released frame throws.
 */
export interface Frame {
  readonly width: number
  readonly height: number
  /** Milliseconds on the camera's clock: monotonic for a live camera, the recording's own time for a file. */
  readonly at: number
  /**
   * Cuts a square out of the frame straight to a network's input: gray, row by row, -1..1; outside the frame, or of the part of it that is
   * given, is black (-1).
   * @param plane taken over and over, side × side floats
   */
  cutPlane(square: Square, side: number, plane: Float32Array, within?: Area): void
  /** Cuts a square out of the frame as upright gray pixels; outside the frame the border is repeated. */
  cutGray(square: Square, size: number): GrayPatch
  /** Light of the square clipped to the frame, or to the part of it that is given. */
  light(square: Square, within?: Area): Light
  /** The whole frame, copied out of native memory: for an overlay, not for every frame of a vehicle. */
  bgr(): BgrPicture
  /**
   * The frame as a JPEG, made narrower where it is wider than asked. It is copied before this returns, and encoded on another thread:
   * the frame may be released at once.
   */
  jpeg(atMostWidthPx: number, quality: number): Promise<Buffer>
  release(): void
}
