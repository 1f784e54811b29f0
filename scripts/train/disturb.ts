/** The single disturbances of a patch, each in place. Values are gray levels 0..255; positions are shares of the side. */
import { innerLevels } from '../../daemon/vision/classify/normalise.js'
import { type Random, seeded } from './random.js'
import type { Square } from './square.js'

/** Mean and deviation of the gray levels. */
const spread = (pixels: Float32Array): { mean: number; deviation: number } => {
  let sum = 0
  let squares = 0
  for (let at = 0; at < pixels.length; at++) {
    const value = pixels[at] ?? 0
    sum += value
    squares += value * value
  }
  const mean = sum / pixels.length
  return { mean, deviation: Math.sqrt(Math.max(0, squares / pixels.length - mean * mean)) }
}

const clamp = (value: number): number => Math.max(0, Math.min(255, value))

/** Gamma, contrast, brightness, and light falling from one side. */
export const light = ({ side, pixels }: Square, random: Random): void => {
  const gamma = 2 ** random.between(-0.6, 0.6)
  const contrast = random.between(0.7, 1.45)
  const brightness = random.between(-30, 30)
  const slope = random.chance(0.5) ? random.between(0, 0.6) : 0
  const direction = random.between(0, 2 * Math.PI)
  const sx = (Math.cos(direction) * slope) / side
  const sy = (Math.sin(direction) * slope) / side
  const { mean } = spread(pixels)
  // Gamma acts around the patch's own range: the crops are dark, and a plain gamma would flatten them.
  const top = Math.min(255, Math.max(64, 2.2 * mean))
  const curve = Float32Array.from({ length: 256 }, (_, level) => top * Math.min(1.5, level / top) ** gamma)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = y * side + x
      const curved = curve[Math.round(pixels[at] ?? 0)] ?? 0
      const sloped = curved * (1 + sx * (x - side / 2) * 2 + sy * (y - side / 2) * 2)
      pixels[at] = clamp((sloped - mean) * contrast + mean + brightness)
    }
  }
}

/** A pane of light on the lens of glasses: a turned rectangle with soft edges, through which the eye still shows. */
export const glare = ({ side, pixels }: Square, random: Random): void => {
  const cx = random.between(0.1, 0.9) * side
  const cy = random.between(0.1, 0.9) * side
  const half = [random.between(0.06, 0.35) * side, random.between(0.05, 0.25) * side] as const
  const angle = random.between(0, Math.PI)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const soft = random.between(0.02, 0.12) * side
  const strength = random.between(25, 140)
  const veil = random.between(0, 0.5)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const along = half[0] - Math.abs((x - cx) * cos + (y - cy) * sin)
      const across = half[1] - Math.abs((y - cy) * cos - (x - cx) * sin)
      const share = Math.max(0, Math.min(1, Math.min(along, across) / soft))
      if (share === 0) continue
      const at = y * side + x
      pixels[at] = clamp((pixels[at] ?? 0) * (1 - veil * share) + strength * share)
    }
  }
}

/** Bright spots, as lamps on a lens: larger than the glint upon a cornea, which tells an open eye and must go on telling it. */
export const glint = ({ side, pixels }: Square, random: Random): void => {
  for (let spots = 1 + random.below(2); spots > 0; spots--) {
    const cx = random.between(0.2, 0.8) * side
    const cy = random.between(0.2, 0.8) * side
    const radius = random.between(0.03, 0.09) * side
    const strength = random.between(50, 200)
    const reach = Math.ceil(radius * 3)
    for (let y = Math.max(0, Math.floor(cy - reach)); y <= Math.min(side - 1, cy + reach); y++) {
      for (let x = Math.max(0, Math.floor(cx - reach)); x <= Math.min(side - 1, cx + reach); x++) {
        const distance = ((x - cx) ** 2 + (y - cy) ** 2) / (2 * radius ** 2)
        pixels[y * side + x] = clamp((pixels[y * side + x] ?? 0) + strength * Math.exp(-distance))
      }
    }
  }
}

/** A dark or bright bar that passes the eye at a distance, as the frame of glasses does. */
export const line = ({ side, pixels }: Square, random: Random): void => {
  const angle = random.between(0, Math.PI)
  const distance = random.between(0.24, 0.45) * side * (random.chance(0.5) ? 1 : -1)
  const half = random.between(0.015, 0.05) * side
  const shade = random.chance(0.75) ? random.between(0, 40) : random.between(120, 230)
  const nx = Math.cos(angle)
  const ny = Math.sin(angle)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const off = Math.abs((x - side / 2) * nx + (y - side / 2) * ny - distance)
      if (off < half) pixels[y * side + x] = shade
    }
  }
}

/** The rim of glasses around the eye: a ring between an ellipse and a rectangle, dark or bright. */
export const rim = ({ side, pixels }: Square, random: Random): void => {
  const cx = random.between(0.4, 0.6) * side
  const cy = random.between(0.4, 0.6) * side
  const across = random.between(0.36, 0.6) * side
  const down = random.between(0.26, 0.45) * side
  const half = (random.between(0.02, 0.09) * side) / 2
  const shade = random.chance(0.75) ? random.between(0, 60) : random.between(120, 230)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const reach = (((x - cx) / across) ** 4 + ((y - cy) / down) ** 4) ** 0.25
      if (Math.abs(reach - 1) * down < half) pixels[y * side + x] = shade
    }
  }
}

/** Covers up to a quarter of the patch from one edge, as hair or a hand does. */
export const occlude = ({ side, pixels }: Square, random: Random): void => {
  const depth = random.between(0.08, 0.25) * side
  const shade = random.between(10, 160)
  const edge = random.below(4)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const inside = [x, y, side - 1 - x, side - 1 - y][edge] ?? side
      if (inside < depth) pixels[y * side + x] = shade
    }
  }
}

/** Averages each pixel with its neighbours, all around. */
export const soften = ({ side, pixels }: Square): void => {
  smooth(pixels, side, 1)
  smooth(pixels, side, side)
}

/** Averages each pixel with its neighbours: round, or along one axis as motion does. */
export const blur = ({ side, pixels }: Square, random: Random): void => {
  const axis = random.below(4)
  const passes = 1 + random.below(side > 40 ? 4 : 1)
  for (let pass = 0; pass < passes; pass++) {
    if (axis !== 1) smooth(pixels, side, 1)
    if (axis !== 0) smooth(pixels, side, side)
  }
}

/** The kernel 1-2-1 along one axis; `stride` is the distance between neighbours. */
const smooth = (pixels: Float32Array, side: number, stride: number): void => {
  const source = pixels.slice()
  for (let at = 0; at < source.length; at++) {
    const place = stride === 1 ? at % side : Math.floor(at / side)
    const here = source[at] ?? 0
    const before = place > 0 ? (source[at - stride] ?? here) : here
    const after = place < side - 1 ? (source[at + stride] ?? here) : here
    pixels[at] = (before + 2 * here + after) / 4
  }
}

// Normal numbers once for all: drawing four uniforms for each pixel would be a third of the whole augmentation.
const grain = (() => {
  const random = seeded(1)
  return Float32Array.from({ length: 65_536 }, () => random.normal())
})()

/** Noise of a sensor, up to `most` of the range of the inner part: against the whole patch's contrast, a lamp on the lens would drown narrow eyes. */
export const noise = ({ pixels }: Square, most: number, random: Random): void => {
  const strength = innerLevels(pixels).range * random.between(0, most)
  const start = random.below(grain.length)
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = clamp((pixels[at] ?? 0) + strength * (grain[(start + at) % grain.length] ?? 0))
  }
}
