/** A point of a surface as the painters hand it on. */
import { type Rotation, turnPoint } from './view.js'

/**
 * Position and normal in head coordinates (cm); `albedo` 0..1 in near infrared; `gloss` 0..1, strength of the highlight;
 * `openness` 0..1, how much of the surroundings' light gets there; `glint` 0..1, a mirrored lamp, added as it is.
 * One object is filled anew for every pixel: a frame has a hundred thousand of them.
 */
export type Surface = {
  x: number
  y: number
  z: number
  nx: number
  ny: number
  nz: number
  albedo: number
  gloss: number
  openness: number
  glint: number
}

/** An empty surface to fill. */
export const blankSurface = (): Surface => ({ x: 0, y: 0, z: 0, nx: 0, ny: 0, nz: 1, albedo: 0, gloss: 0, openness: 1, glint: 0 })

/** Fades the albedo towards another by `amount` 0..1. */
export const stain = (surface: Surface, albedo: number, amount: number): void => {
  surface.albedo += (albedo - surface.albedo) * amount
}

/** Turns position and normal out of the head's coordinates into the camera's (see view). */
export const turnSurface = (surface: Surface, turn: Rotation): void => {
  turnPoint(surface, turn)
  const { nx, ny, nz } = surface
  surface.nx = turn[0] * nx + turn[1] * ny + turn[2] * nz
  surface.ny = turn[3] * nx + turn[4] * ny + turn[5] * nz
  surface.nz = turn[6] * nx + turn[7] * ny + turn[8] * nz
}
