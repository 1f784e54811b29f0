/** Makes a patch in which no eye can be judged: drawn from nothing, or an eye behind a dark lens, under glare, covered, out of place. */
import { clouds } from './clouds.js'
import type { Random } from './random.js'

type Make = (source: Uint8Array, side: number, random: Random) => Float32Array

const each = (side: number, value: (x: number, y: number, at: number) => number): Float32Array =>
  Float32Array.from({ length: side * side }, (_, at) => value(at % side, Math.floor(at / side), at))

/** Evenly lit, sloped or cloudy, at times with noise: skin, sky, seat, a cap on the lens. */
const surface: Make = (_source, side, random) => {
  const base = random.between(5, 250)
  const [sx, sy] = [random.between(-1.5, 1.5), random.between(-1.5, 1.5)]
  const relief = random.between(0, 40)
  const grain = random.chance(0.5) ? random.between(0, 25) : 0
  const cloud = clouds(side, 2 + random.below(8), random)
  return each(side, (x, y, at) => base + sx * (x - side / 2) + sy * (y - side / 2) + relief * (cloud[at] ?? 0) + grain * random.normal())
}

/** A soft mask, 0..1, of an ellipse that holds the eye. */
const lensMask = (side: number, random: Random): Float32Array => {
  const [cx, cy] = [random.between(0.4, 0.6) * side, random.between(0.45, 0.6) * side]
  const [rx, ry] = [random.between(0.42, 0.75) * side, random.between(0.33, 0.6) * side]
  const power = random.chance(0.5) ? 2 : 4
  return each(side, (x, y) => {
    const off = Math.abs((x - cx) / rx) ** power + Math.abs((y - cy) / ry) ** power
    return Math.max(0, Math.min(1, (1.08 - off) / 0.16))
  })
}

/** Sunglasses: dark, hardly anything of the eye left, at times a reflection on them. */
const darkLens: Make = (source, side, random) => {
  const mask = lensMask(side, random)
  const dark = random.between(3, 45)
  const left = random.between(0, 0.06)
  const shine = random.chance(0.6) ? random.between(10, 90) : 0
  const cloud = clouds(side, 1 + random.below(4), random)
  return each(side, (_x, _y, at) => {
    const lens = dark + left * (source[at] ?? 0) + shine * Math.max(0, cloud[at] ?? 0)
    return (source[at] ?? 0) * (1 - (mask[at] ?? 0)) + lens * (mask[at] ?? 0)
  })
}

/** A reflection that drowns the whole eye. */
const glare: Make = (source, side, random) => {
  const mask = lensMask(side, random)
  const bright = random.between(190, 255)
  const cloud = clouds(side, 1 + random.below(3), random)
  const relief = random.between(0, 40)
  return each(side, (_x, _y, at) => (source[at] ?? 0) * (1 - (mask[at] ?? 0)) + (bright + relief * (cloud[at] ?? 0)) * (mask[at] ?? 0))
}

/** Skin or hair from one side over the middle and beyond. */
const covered: Make = (source, side, random) => {
  const angle = random.between(0, 2 * Math.PI)
  const [nx, ny] = [Math.cos(angle), Math.sin(angle)]
  const reach = random.between(0.18, 0.5) * side
  const soft = random.between(1, 6)
  const base = random.between(30, 220)
  const fingers = random.chance(0.4) ? random.between(10, 50) : 0
  const width = random.between(0.15, 0.35) * side
  const cloud = clouds(side, 2 + random.below(5), random)
  const relief = random.between(5, 35)
  return each(side, (x, y, at) => {
    const [dx, dy] = [x - side / 2, y - side / 2]
    const share = Math.max(0, Math.min(1, (reach - (dx * nx + dy * ny)) / soft))
    const edge = fingers * Math.cos(((dx * ny - dy * nx) / width) * Math.PI)
    return (source[at] ?? 0) * (1 - share) + (base + edge + relief * (cloud[at] ?? 0)) * share
  })
}

// A function of its own: made anew for each pixel, it took half of the time of a batch.
const within = (value: number, side: number): number => Math.max(0, Math.min(side - 1, Math.round(value)))

/** The pixel at this place; outside the picture its border repeats. */
const nearest = (source: Uint8Array, side: number, x: number, y: number): number => source[within(y, side) * side + within(x, side)] ?? 0

/** The eye more than half the side out of the middle, so that half of it is cut off at most; its border repeats. */
const outOfPlace: Make = (source, side, random) => {
  const angle = random.between(0, 2 * Math.PI)
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
  const reach = (random.between(0.55, 0.85) * side) / Math.max(Math.abs(ux), Math.abs(uy))
  return each(side, (x, y) => nearest(source, side, x + ux * reach, y + uy * reach))
}

/** Smeared sideways, as by a long exposure on a bad road: iris and lashes become one bar, as of shut lids. The lids cannot be judged. */
const smeared: Make = (source, side, random) => {
  const angle = random.between(-0.3, 0.3)
  const reach = random.between(0.4, 0.9) * side
  const steps = Math.ceil(reach)
  const [ux, uy] = [(Math.cos(angle) * reach) / steps, (Math.sin(angle) * reach) / steps]
  return each(side, (x, y) => {
    let sum = 0
    for (let step = 0; step < steps; step++) {
      const way = step - (steps - 1) / 2
      sum += nearest(source, side, x + ux * way, y + uy * way)
    }
    return sum / steps
  })
}

// Own: some of them twice: a lens, a hand and a lost track are what happens in a vehicle.
const MAKES: readonly Make[] = [surface, glare, darkLens, darkLens, covered, covered, outOfPlace, smeared]

/** One patch without a recognisable eye out of `source` (side × side gray bytes, an eye). */
export const spoil = (source: Uint8Array, side: number, random: Random): Uint8Array => {
  const make = MAKES[random.below(MAKES.length)] ?? surface
  return Uint8Array.from(make(source, side, random), (value) => Math.max(0, Math.min(255, Math.round(value))))
}
