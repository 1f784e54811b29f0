/** What lies around a drawn eye: skin, the shade of its socket, the brow, folds. */
import { clouds } from '../clouds.js'
import type { Random } from '../random.js'
import { eachPixel, type Square } from '../square.js'
import { band, crease, hair } from './band.js'
import { lid, type Shape } from './shape.js'

/** Skin of gray level `tone`, lit from one side, uneven, darker in the socket. */
export const skin = (side: number, { cx, cy, half }: Shape, tone: number, random: Random): Square => {
  const [sx, sy] = [random.between(-0.5, 0.5), random.between(-0.4, 0.4)]
  const relief = random.between(0, 0.12)
  const cloud = clouds(side, 2 + random.below(7), random)
  const depth = random.chance(0.7) ? random.between(0, 0.4) : 0
  const corner = cx + half * random.between(-1.3, 1.3)
  const height = cy - half * random.between(-0.2, 0.9)
  const [wide, tall] = [half * random.between(0.5, 1.6), half * random.between(0.3, 0.9)]
  const pixels = Float32Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [((at % side) + 0.5) / side, (Math.floor(at / side) + 0.5) / side]
    const socket = depth * Math.exp(-(((x - corner) / wide) ** 2) - ((y - height) / tall) ** 2)
    return tone * (1 + sx * (x - 0.5) + sy * (y - 0.5) + relief * (cloud[at] ?? 0)) * (1 - socket)
  })
  return { side, pixels }
}

/** A brow: a band of `shade`, roughened by hairs. */
export const brow = (square: Square, shape: Shape, shade: number, random: Random): void => {
  const above = { ...shape, cy: shape.cy - random.between(0.55, 1.5) * shape.half - 0.05, tilt: shape.tilt + random.between(-0.15, 0.15) }
  const curve = lid(above, random.between(-0.1, 0.02), random.between(-0.5, 0.5), 1, random.between(1, 1.6))
  const thick = random.between(0.02, 0.07)
  const strength = random.between(0.25, 0.95)
  band(square, { curve, above: thick, below: thick * random.between(0.6, 1.2), strength, shade })
  for (let left = random.below(40); left > 0; left--) {
    const x = random.between(curve.from, curve.to)
    hair(square, {
      x,
      y: curve.at(x) + random.between(-0.7, 0.7) * thick,
      angle: random.between(-0.5, 0.3) + (x > shape.cx ? 0 : Math.PI),
      length: random.between(0.03, 0.09),
      bend: random.between(-0.5, 0.5),
      width: 0.008,
      strength: strength * random.between(0.3, 1),
      shade: shade * random.between(0.6, 1.2),
    })
  }
}

/** Folds below the eye and beside it. */
export const folds = (square: Square, shape: Shape, tone: number, random: Random): void => {
  for (let left = random.below(4); left > 0; left--) {
    const below = { ...shape, cy: shape.cy + random.between(0.3, 1) * shape.half, tilt: shape.tilt + random.between(-0.2, 0.2) }
    const width = random.between(0.01, 0.05)
    const curve = lid(below, random.between(0.02, 0.12), random.between(-0.4, 0.4), 1, random.between(0.6, 1.3))
    crease(square, curve, width, random.between(0.05, 0.35), tone * random.between(0.4, 1.25))
  }
}

/** Hair, or what lies behind the face, in one side of the picture. */
export const curtain = (square: Square, tone: number, random: Random): void => {
  const angle = random.between(0, 2 * Math.PI)
  const [nx, ny] = [Math.cos(angle), Math.sin(angle)]
  const distance = random.between(0.28, 0.48)
  const soft = random.between(0.01, 0.08)
  const shade = random.chance(0.6) ? tone * random.between(0.1, 0.5) : Math.min(255, tone * random.between(1.2, 2.5))
  eachPixel(square, (value, x, y) => {
    const share = Math.max(0, Math.min(1, ((x - 0.5) * nx + (y - 0.5) * ny - distance) / soft))
    return value * (1 - share) + shade * share
  })
}
