/** Paints skin, lips, nostrils, brows, stubble and hair on the head. */
import { hairline, isEar } from './head-shape.js'
import { bell, smoothstep, valueNoise } from './noise.js'
import { type Surface, stain } from './surface.js'

// Reflectances by eye after near-infrared pictures: skin is bright and even, hair stays dark, lips hardly stand out.
const SKIN = 0.74
const LIPS = 0.42
const HAIR = 0.2
const BROWS = 0.2
const SLIT = 0.16

const paintLips = (s: Surface): void => {
  const ax = Math.abs(s.x)
  const share = ax / 2.4
  if (share >= 1 || s.y < -8.8 || s.y > -6) return
  const arch = 1 - share * share
  // Cupid's bow above, one arc below, both ending in the corners of the mouth.
  const upper = -7.2 + 0.75 * arch ** 0.8 - 0.16 * bell(ax, 0.35)
  const lower = -7.2 - 1.1 * arch ** 0.9
  stain(s, LIPS, 0.8 * smoothstep(upper + 0.1, upper - 0.1, s.y) * smoothstep(lower - 0.15, lower + 0.15, s.y))
  stain(s, SLIT, 0.85 * bell(s.y + 7.2 - 0.06 * share, 0.09) * smoothstep(1, 0.8, share))
}

const paintNose = (s: Surface): void => {
  if (s.y > -4 || s.y < -6.3 || s.z < 7.5) return
  stain(s, 0.12, 0.95 * bell(Math.abs(s.x) - 0.75, 0.36) * bell(s.y + 4.98, 0.2))
}

const paintBrow = (s: Surface, seed: number): void => {
  const along = (Math.abs(s.x) - 0.95) / 4.3
  if (along < -0.05 || along > 1.05 || s.y < 0.9 || s.y > 3.4 || s.z < 3) return
  const centre = 1.78 + 0.58 * Math.sin(Math.min(1, Math.max(0, along)) * 2.3) - 0.25 * along
  const half = 0.4 * smoothstep(-0.1, 0.2, along) * (1 - 0.75 * Math.max(0, along - 0.25))
  const strands = valueNoise(s.x * 6 - Math.sign(s.x) * s.y * 5, s.y * 2, seed)
  const cover =
    smoothstep(half * 1.6, half * 0.3, Math.abs(s.y - centre) + strands * 0.08) *
    smoothstep(1.03, 0.9, along) *
    smoothstep(-0.05, 0.06, along)
  stain(s, BROWS + 0.05 * strands, 0.88 * cover)
  s.gloss *= 1 - cover
}

const paintHair = (s: Surface, seed: number): void => {
  const bare = hairline(s.x, s.y, s.z)
  if (bare > 1) return
  const fringe = bare + 0.5 * valueNoise(s.x * 0.5, 3, seed) + 0.18 * valueNoise(s.x * 3.5, s.y * 1.2, s.z * 1.2 + seed)
  const cover = isEar(s.x, s.y, s.z) ? 0 : smoothstep(0.45, -0.35, fringe) * smoothstep(-6.5, -5, s.y)
  if (cover <= 0) return
  // Strands run from the crown forward and down: fine across, long along.
  const across = Math.atan2(s.x, s.z + 5) * 22
  const strands = valueNoise(across, s.y * 0.7, seed) * 0.6 + valueNoise(across * 2.7, s.y * 1.3, seed + 7) * 0.4
  stain(s, HAIR * (1 + 0.75 * strands), cover)
  s.nx += cover * 0.25 * strands
  s.gloss = s.gloss * (1 - cover) + cover * (0.1 + 0.1 * strands)
}

const paintStubble = (s: Surface, seed: number): void => {
  const jaw = smoothstep(-4.2, -7, s.y - Math.max(0, Math.abs(s.x) - 4) * 0.8) * smoothstep(-1, 2, s.z)
  if (jaw <= 0) return
  const grain = 0.5 + 0.5 * valueNoise(s.x * 6, s.y * 6, s.z * 6 + seed)
  stain(s, 0.42, 0.3 * jaw * (0.6 + 0.4 * grain))
}

/** Paints the surface at its point: sets albedo and gloss and roughens the normal. `seed` chooses the person's grain. */
export const paintSkin = (s: Surface, seed: number): void => {
  const mottled = valueNoise(s.x * 0.8, s.y * 0.8, s.z * 0.8 + seed) * 0.03 + valueNoise(s.x * 4, s.y * 4, s.z * 4 + seed) * 0.025
  s.albedo = SKIN + mottled
  s.gloss = 0.2
  s.glint = 0
  paintStubble(s, seed)
  // Smile lines from the nose's wings past the corners of the mouth.
  if (s.y < -4.6 && s.y > -8 && s.z > 3) stain(s, 0.5, 0.3 * bell(Math.abs(s.x) - 1.9 - (-4.6 - s.y) * 0.42, 0.22))
  paintLips(s)
  paintNose(s)
  paintBrow(s, seed)
  paintHair(s, seed)
}
