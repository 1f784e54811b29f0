/** A shut eye, drawn into the skin around it: one line where the lids meet, lashes hanging from it, the lid's bulge and fold above. */
import type { Random } from '../random.js'
import { eachPixel, type Square } from '../square.js'
import { band, type Curve, crease, hair } from './band.js'
import { lid, moved, type Shape, sizeOf } from './shape.js'

/** The ball under the lid: a soft swelling, lighter or darker than the skin around it (paint on the lid, light from below). */
const bulge = (square: Square, { cx, cy, half }: Shape, random: Random): void => {
  const light = random.chance(0.8) ? random.between(0, 0.3) : random.between(-0.4, 0)
  const [wide, tall] = [half * random.between(0.6, 1), half * random.between(0.25, 0.6)]
  const middle = cy - half * random.between(0.15, 0.5)
  eachPixel(square, (value, x, y) => value * (1 + light * Math.exp(-(((x - cx) / wide) ** 2) - ((y - middle) / tall) ** 2)))
}

/** Paint or deep shade on the whole lid, from its edge to the fold: the largest dark thing in the picture, and no eye that looks. */
const paint = (square: Square, { cx, half }: Shape, line: Curve, random: Random): void => {
  const dark = random.between(0.25, 0.8)
  const height = half * random.between(0.25, 0.9)
  const below = half * random.between(0.02, 0.25)
  const wide = half * random.between(0.8, 1.5)
  eachPixel(square, (value, x, y) => {
    const off = line.at(x) - y
    return value * (1 - dark * Math.exp(-((off / (off > 0 ? height : below)) ** 2) - ((x - cx) / wide) ** 4))
  })
}

/** Lashes hang from the line and spread; in bundles where they are painted. */
const lashes = (square: Square, line: Curve, size: number, dark: number, random: Random): void => {
  const thick = random.chance(0.5)
  const length = thick ? random.between(0.06, 0.17) : random.between(0.02, 0.08)
  const strength = random.between(0.2, 1)
  const droop = random.between(-0.3, 0.5)
  for (let left = thick ? 10 + random.below(25) : random.below(16); left > 0; left--) {
    const x = random.between(line.from, line.to)
    const outwards = ((x - line.from) / (line.to - line.from) - 0.5) * random.between(0.8, 2)
    hair(square, {
      x,
      y: line.at(x),
      angle: Math.PI / 2 - outwards + droop * random.uniform(),
      length: size * length * random.between(0.5, 1.2),
      bend: random.between(-0.6, 0.6),
      width: size * random.between(0.004, thick ? 0.022 : 0.012),
      strength: strength * random.between(0.4, 1),
      shade: dark,
    })
  }
}

/** `dark`: gray level of the lashes; `tone`: of the skin. */
export const shutEye = (square: Square, shape: Shape, tone: number, dark: number, random: Random): void => {
  const { half } = shape
  const size = sizeOf(shape)
  bulge(square, shape, random)
  const sag = half * random.between(-0.2, 0.42)
  const line = lid(shape, sag, random.between(-0.3, 0.3), random.between(0.7, 1.3))
  if (random.chance(0.35)) paint(square, shape, line, random)
  // Soft shade under the lid's edge, and the edge itself: from a hardly visible line to a bar of paint.
  if (random.chance(0.6)) {
    const soft = size * random.between(0.03, 0.1)
    band(square, {
      curve: line,
      above: soft * random.between(0.2, 0.7),
      below: soft,
      strength: random.between(0.1, 0.7),
      shade: (tone + dark) / 2,
    })
  }
  const heavy = random.chance(0.55)
  const thick = size * (heavy ? random.between(0.02, 0.07) : random.between(0.006, 0.025))
  band(square, {
    curve: line,
    above: thick * random.between(0.3, 0.8),
    below: thick,
    strength: random.between(heavy ? 0.5 : 0.2, 1),
    shade: dark,
  })
  for (let creases = random.below(3); creases > 0; creases--) {
    const fold = moved(
      lid(shape, -half * random.between(-0.1, 0.5), random.between(-0.3, 0.3), 1, random.between(0.9, 1.3)),
      -half * random.between(0.15, 0.75),
    )
    const width = size * random.between(0.008, 0.04)
    crease(square, fold, width, random.between(0.08, 0.65), tone * random.between(0.3, 0.8))
  }
  // The rim of the socket below: with the fold above it looks like the outline of an open eye.
  if (random.chance(0.35)) {
    const width = size * random.between(0.01, 0.04)
    const rim = lid(shape, half * random.between(0.3, 0.7), random.between(-0.3, 0.3), random.between(0.7, 1.2), random.between(0.9, 1.2))
    crease(square, rim, width, random.between(0.1, 0.5), tone * random.between(0.4, 0.8))
  }
  if (random.chance(0.8)) lashes(square, line, size, dark, random)
  // Skin that shines, on the lid or at its edge.
  if (random.chance(0.2)) {
    const width = size * random.between(0.01, 0.03)
    const shine = moved(lid(shape, sag, 0, 1, random.between(0.3, 0.9)), half * random.between(-0.5, 0.15))
    crease(square, shine, width, random.between(0.2, 0.7), Math.min(255, tone * random.between(1.2, 1.8)))
  }
}
