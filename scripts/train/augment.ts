/**
 * Makes a training patch look as an eye in the vehicle may: cut off-centre, turned, small, blurred, badly lit, behind glasses.
 *
 * The work is done at the resolution the eye is given (down to 12 px), noise and blur included, and enlarged last, as a camera
 * and the locator do it. About 0.1 ms a patch.
 */
import { INPUT_SIDE, LIMIT, normalise } from '../../daemon/vision/classify/normalise.js'
import { blur, glare, glint, light, line, noise, occlude, rim } from './disturb.js'
import type { Random } from './random.js'
import type { Square } from './square.js'

/** How strongly to augment. Shares are probabilities, angles degrees, shifts shares of the side. */
export const AUGMENTATION = {
  shift: 0.09,
  /** At times an eye lies far out of the middle; with the lids still in the patch it is to be judged. */
  farShare: 0.12,
  farShift: 0.28,
  scale: [0.82, 1.35],
  /** At times the cut is so close that the lids fill it, as CEW's patches are (half the distance between the eyes). */
  closeShare: 0.25,
  closeScale: [0.5, 0.82],
  /** Stretched or squeezed by up to this share. */
  stretch: 0.12,
  rollDegrees: 12,
  smallShare: 0.35,
  smallSide: [16, 48],
  blurShare: 0.2,
  glintShare: 0.12,
  glareShare: 0.12,
  rimShare: 0.1,
  lineShare: 0.05,
  occlusionShare: 0.04,
  /** Most of it, as a share of the patch's inner range. */
  noise: 0.05,
  /** What is left of light and contrast when normalising has done its work: what is darker than the median and what is lighter, each by its own. */
  gain: [0.55, 1.6],
  offset: 0.2,
} as const

/** How strongly, in numbers. */
export type Augmentation = {
  [Key in keyof typeof AUGMENTATION]: (typeof AUGMENTATION)[Key] extends number ? number : readonly [number, number]
}

/** Nearer to what cameras give. */
export const MILD: Augmentation = {
  ...AUGMENTATION,
  farShare: 0.04,
  closeShare: 0.12,
  rollDegrees: 8,
  smallShare: 0.12,
  blurShare: 0.08,
  glintShare: 0.04,
  glareShare: 0.04,
  rimShare: 0.04,
  lineShare: 0.02,
  occlusionShare: 0.02,
  gain: [0.75, 1.3],
  offset: 0.1,
}

/** Hardly at all: where those who are tested on are those who were trained on, as in the study's split. */
export const GENTLE: Augmentation = {
  ...MILD,
  shift: 0.05,
  farShare: 0,
  scale: [0.92, 1.1],
  closeShare: 0,
  stretch: 0.05,
  rollDegrees: 5,
  smallShare: 0,
  blurShare: 0.03,
  glintShare: 0,
  glareShare: 0,
  rimShare: 0,
  lineShare: 0,
  occlusionShare: 0,
  noise: 0.02,
}

/** One bilinear sample; outside the picture its border repeats. */
const sample = (source: Uint8Array | Float32Array, side: number, x: number, y: number): number => {
  const cx = Math.max(0, Math.min(side - 1, x))
  const cy = Math.max(0, Math.min(side - 1, y))
  const left = Math.min(Math.floor(cx), side - 2)
  const top = Math.min(Math.floor(cy), side - 2)
  const fx = cx - left
  const fy = cy - top
  const at = top * side + left
  const above = (source[at] ?? 0) * (1 - fx) + (source[at + 1] ?? 0) * fx
  const below = (source[at + side] ?? 0) * (1 - fx) + (source[at + side + 1] ?? 0) * fx
  return above * (1 - fy) + below * fy
}

/** Cuts a turned, moved, scaled, perhaps mirrored square out of the source; each pixel is the mean of 2×2 samples when it shrinks. */
const cut = (source: Uint8Array, sourceSide: number, side: number, random: Random, augmentation: Augmentation): Square => {
  const reach = random.chance(augmentation.farShare) ? augmentation.farShift : augmentation.shift
  const dx = random.between(-reach, reach) * sourceSide
  const dy = random.between(-reach, reach) * sourceSide
  const [least, most] = random.chance(augmentation.closeShare) ? augmentation.closeScale : augmentation.scale
  const pixel = (sourceSide / side) * random.between(least, most)
  const stretch = 1 + random.between(-augmentation.stretch, augmentation.stretch)
  const roll = (random.between(-augmentation.rollDegrees, augmentation.rollDegrees) * Math.PI) / 180
  const mirror = random.chance(0.5) ? -1 : 1
  const cos = Math.cos(roll) * pixel
  const sin = Math.sin(roll) * pixel
  const steps = side < sourceSide / 1.5 ? 2 : 1
  const pixels = new Float32Array(side * side)
  const middle = (sourceSide - 1) / 2
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let sum = 0
      for (let v = 0; v < steps; v++) {
        for (let u = 0; u < steps; u++) {
          const across = (x + (u + 0.5) / steps - side / 2) * mirror * stretch
          const down = y + (v + 0.5) / steps - side / 2
          sum += sample(source, sourceSide, middle + dx + across * cos - down * sin, middle + dy + across * sin + down * cos)
        }
      }
      pixels[y * side + x] = sum / steps ** 2
    }
  }
  return { side, pixels }
}

/** Bilinear to side `wanted`, edges aligned as OpenCV does it. */
export const atSide = ({ side, pixels }: Square, wanted: number): Float32Array => {
  if (side === wanted) return pixels
  const large = new Float32Array(wanted * wanted)
  const factor = side / wanted
  for (let y = 0; y < wanted; y++) {
    for (let x = 0; x < wanted; x++) {
      large[y * wanted + x] = sample(pixels, side, (x + 0.5) * factor - 0.5, (y + 0.5) * factor - 0.5)
    }
  }
  return large
}

/** Writes one augmented, normalised patch (`wanted` × `wanted`) of `source` (side × side gray bytes) to `target` from `offset` on. */
export const augment = (
  source: Uint8Array,
  side: number,
  random: Random,
  target: Float32Array,
  offset: number,
  wanted = INPUT_SIDE,
  augmentation: Augmentation = AUGMENTATION,
): void => {
  const [least, most] = augmentation.smallSide
  const patch = cut(
    source,
    side,
    random.chance(augmentation.smallShare) ? Math.floor(random.between(least, most)) : wanted,
    random,
    augmentation,
  )
  if (random.chance(augmentation.rimShare)) rim(patch, random)
  if (random.chance(augmentation.lineShare)) line(patch, random)
  if (random.chance(augmentation.occlusionShare)) occlude(patch, random)
  light(patch, random)
  if (random.chance(augmentation.glareShare)) glare(patch, random)
  if (random.chance(augmentation.glintShare)) glint(patch, random)
  if (random.chance(augmentation.blurShare)) blur(patch, random)
  noise(patch, augmentation.noise, random)
  normalise(atSide(patch, wanted), target, offset)
  const [low, high] = augmentation.gain
  const [dark, bright] = [random.between(low, high), random.between(low, high)]
  const lift = random.between(-augmentation.offset, augmentation.offset)
  for (let at = offset; at < offset + wanted ** 2; at++) {
    const value = target[at] ?? 0
    target[at] = Math.max(-LIMIT, Math.min(LIMIT, value * (value < 0 ? dark : bright) + lift))
  }
}
