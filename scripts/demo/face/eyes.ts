/** Paints the eyes: lids that close, their lashes and creases, and the eyeball between them. */
import { EYEBALL } from './head-shape.js'
import { bell, smoothstep, valueNoise } from './noise.js'
import { type Surface, stain } from './surface.js'

/** `left` and `right` are the driver's own: 0 open, 1 closed. `gazeYawDegrees` is the eyeballs' turn within the head. */
type Eyes = { left: number; right: number; gazeYawDegrees: number }

/** Half the length of the slit between the lids, cm. */
const HALF_SLIT_CM = 1.5
const IRIS_CM = 0.6
const PUPIL_CM = 0.27
// Edges are softened over about one pixel of a 640 px picture, cm.
const SOFT_CM = 0.06

const SCLERA = 0.76
const IRIS = 0.3
const LASH = 0.1

type Lids = { upper: number; lower: number; crease: number; arch: number; closed: number }

/** The lids' edges at `u` cm from the eye's middle towards the temple: heights in cm. */
const lidsAt = (u: number, closed: number): Lids => {
  const share = Math.min(1, Math.abs(u) / HALF_SLIT_CM)
  const arch = 1 - share * share
  const tilt = 0.08 * u
  // The upper lid does nearly all the way; where they meet, the line sags below the eye's middle.
  const shut = tilt - 0.46 * arch ** 0.8
  const open = tilt + 0.68 * arch ** 0.7
  const low = tilt - 0.46 * arch ** 0.75
  return {
    upper: open + (shut - open) * closed,
    lower: low + (shut - low) * closed,
    crease: tilt + 0.94 * arch ** 0.55 + 0.1,
    arch,
    closed,
  }
}

const paintBall = (s: Surface, side: number, u: number, lids: Lids, gazeYawDegrees: number): void => {
  const [dx, dy] = [(u * side) / EYEBALL.radius, (s.y - EYEBALL.y) / EYEBALL.radius]
  const dz = Math.sqrt(Math.max(0.05, 1 - dx * dx - dy * dy))
  const gaze = (gazeYawDegrees * Math.PI) / 180
  const [gx, gz] = [Math.sin(gaze), Math.cos(gaze)]
  const [ax, ay] = [(dx * gz - dz * gx) * EYEBALL.radius, dy * EYEBALL.radius]
  const fromAxis = Math.hypot(ax, ay)
  const rays = valueNoise(Math.atan2(ay, ax) * 5, fromAxis * 4, 3)
  s.albedo = SCLERA * (1 - 0.3 * (1 - lids.arch))
  const ring = IRIS + 0.06 * rays - 0.12 * bell(fromAxis - IRIS_CM, 0.12)
  stain(s, ring, smoothstep(IRIS_CM + SOFT_CM, IRIS_CM - SOFT_CM, fromAxis))
  stain(s, 0.03, smoothstep(PUPIL_CM + SOFT_CM, PUPIL_CM - SOFT_CM, fromAxis))
  // The upper lid and its lashes shade the ball.
  s.openness = Math.min(s.openness, 0.85) * (1 - 0.5 * bell(lids.upper - s.y, 0.22))
  s.nx = dx
  s.ny = dy
  s.nz = dz
  s.gloss = 0.05
  // Two infrared lamps beside the lens, mirrored by the cornea.
  const lamps = 1.3 * bell(Math.hypot(ax + 0.1, ay - 0.14), 0.09) + 0.7 * bell(Math.hypot(ax - 0.16, ay - 0.12), 0.07)
  s.glint = Math.min(1, lamps)
}

const paintLashes = (s: Surface, u: number, lids: Lids): void => {
  const above = s.y - lids.upper
  const reach = smoothstep(0.02, 0.25, lids.arch)
  stain(s, LASH, 0.82 * reach * bell(above, 0.085 + 0.035 * lids.closed))
  // Lashes stand up from an open lid and hang from a closed one, fanning out to the temple.
  const outwards = lids.closed > 0.5 ? -above : above
  const length = lids.closed > 0.5 ? 0.42 : 0.3
  if (outwards > 0 && outwards < length) {
    const root = u - outwards * (0.35 * u + 0.15)
    const strand = 0.5 + 0.5 * Math.cos(root * 26 + 1.5 * Math.sin(root * 7))
    stain(s, LASH, 0.65 * reach * strand * (1 - outwards / length) * Math.abs(lids.closed * 2 - 1))
  }
  const below = lids.lower - s.y
  stain(s, 0.3, 0.45 * reach * bell(below - 0.06, 0.08) * (1 - 0.6 * lids.closed))
}

const paintLid = (s: Surface, u: number, lids: Lids): void => {
  const fold = bell(s.y - lids.crease, 0.1) * smoothstep(-0.1, 0.35, lids.arch)
  stain(s, 0.3, fold * (0.5 - 0.28 * lids.closed))
  // Rolled up under the brow, the lid leans back; shut, it rounds over the ball.
  const onLid = smoothstep(lids.upper, lids.upper + 0.1, s.y) * smoothstep(lids.crease, lids.crease - 0.15, s.y)
  s.ny -= 0.18 * onLid * (1 - lids.closed)
  s.gloss -= 0.1 * onLid
  // The tear trough below, and the shadow beside the nose.
  stain(s, 0.5, 0.22 * bell(s.y + 1.25 - 0.12 * u * u, 0.22) * smoothstep(2, 1, Math.abs(u)))
  paintLashes(s, u, lids)
}

/** True where lids and eyeballs are painted: all that changes when only the lids move. */
export const nearEye = (s: Surface): boolean => Math.abs(Math.abs(s.x) - EYEBALL.x) <= 2.1 && s.y <= 1.6 && s.y >= -1.8 && s.z >= 3

/** Paints lids and eyeballs on a surface that is `nearEye`; expects the skin already painted. */
export const paintEyes = (s: Surface, eyes: Eyes): void => {
  const side = s.x < 0 ? -1 : 1
  const u = Math.abs(s.x) - EYEBALL.x
  const lids = lidsAt(u, side > 0 ? eyes.left : eyes.right)
  if (lids.arch > 0 && s.y < lids.upper && s.y > lids.lower) {
    paintBall(s, side, u, lids, eyes.gazeYawDegrees)
    paintLashes(s, u, lids)
  } else paintLid(s, u, lids)
}
