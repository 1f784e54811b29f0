/** An open eye, drawn into the skin around it: the ball between the lids, iris and pupil, lashes, the fold of the lid. */
import type { Random } from '../random.js'
import type { Square } from '../square.js'
import { band, type Curve, crease, hair } from './band.js'
import { lid, moved, type Shape, sizeOf } from './shape.js'

type Ball = { shape: Shape; upper: Curve; lower: Curve; tone: number }

/** Everything between the lids. Glints lie upon the cornea: they, the iris and the white tell an open eye. */
const ball = ({ side, pixels }: Square, { shape, upper, lower, tone }: Ball, random: Random): void => {
  const { cx, cy, half } = shape
  // As far as near-infrared and visible light differ: the white as dark as skin or far brighter, the iris from black to nearly the white.
  const white = Math.min(250, tone * random.between(0.7, 1.5))
  const iris = white * random.between(0.12, 0.85)
  const pupil = iris * random.between(0.1, 0.7)
  const radius = half * random.between(0.36, 0.52)
  const hole = radius * random.between(0.22, 0.6)
  const [ix, iy] = [cx + half * random.between(-0.42, 0.42), (upper.at(cx) + lower.at(cx)) / 2 + half * random.between(-0.2, 0.16)]
  const rim = random.between(0.6, 1)
  const shadow = random.between(0.15, 0.75)
  const shadowDepth = half * random.between(0.1, 0.5)
  const glints = Array.from({ length: random.chance(0.75) ? 1 + random.below(2) : 0 }, () => ({
    x: ix + radius * random.between(-0.6, 0.6),
    y: iy + radius * random.between(-0.6, 0.5),
    size: half * random.between(0.04, 0.13),
    light: random.between(40, 200),
  }))
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [x, y] = [(column + 0.5) / side, (row + 0.5) / side]
      if (x <= upper.from || x >= upper.to) continue
      const [top, bottom] = [upper.at(x), lower.at(x)]
      const inside = Math.min(1, Math.max(0, Math.min(y - top, bottom - y) * side + 0.5))
      if (inside === 0 || bottom <= top) continue
      const off = Math.hypot(x - ix, y - iy)
      const edge = Math.min(1, Math.max(0, (radius - off) * side * 0.7 + 0.5))
      const within = Math.min(1, Math.max(0, (hole - off) * side * 0.7 + 0.5))
      const shaded = iris * (off > radius * 0.8 ? rim : 1)
      let value = white * (1 - 0.35 * ((x - cx) / half) ** 2)
      value = value * (1 - edge) + (shaded * (1 - within) + pupil * within) * edge
      value *= 1 - shadow * Math.exp(-(y - top) / shadowDepth)
      for (const glint of glints) {
        const far = ((x - glint.x) ** 2 + (y - glint.y) ** 2) / (2 * glint.size ** 2)
        if (far < 9) value += glint.light * Math.exp(-far * far)
      }
      const at = row * side + column
      pixels[at] = (pixels[at] ?? 0) * (1 - inside) + Math.min(255, value) * inside
    }
  }
  // The corner towards the nose is no point.
  if (random.chance(0.4)) crease({ side, pixels }, { from: cx - half * 1.05, to: cx - half * 0.8, at: () => cy }, 0.02, 0.4, tone * 0.6)
}

/** Lashes along the lids, outwards. */
const lashes = (square: Square, curve: Curve, up: boolean, size: number, shade: number, random: Random): void => {
  const length = random.between(0.02, up ? 0.11 : 0.045)
  const strength = random.between(0.15, up ? 0.9 : 0.5)
  for (let left = random.below(up ? 22 : 9); left > 0; left--) {
    const x = random.between(curve.from, curve.to)
    const outwards = ((x - curve.from) / (curve.to - curve.from) - 0.5) * random.between(0.6, 1.6)
    hair(square, {
      x,
      y: curve.at(x),
      angle: up ? -Math.PI / 2 + outwards : Math.PI / 2 - outwards,
      length: size * length * random.between(0.6, 1.2),
      bend: random.between(-0.4, 0.4),
      width: size * random.between(0.004, 0.012),
      strength: strength * random.between(0.5, 1),
      shade,
    })
  }
}

/** `dark`: gray level of the lashes; `tone`: of the skin. */
export const openEye = (square: Square, shape: Shape, tone: number, dark: number, random: Random): void => {
  const { half } = shape
  const size = sizeOf(shape)
  // Own: of the half width; a wide eye has 0.9, one against the sun 0.25. Drawn narrower than a third, a dark iris is a bar as of shut lids.
  const aperture = half * (random.chance(0.1) ? random.between(0.32, 0.45) : random.between(0.45, 1))
  const share = random.between(0.5, 0.85)
  const [skew, roundness] = [random.between(-0.35, 0.35), random.between(0.55, 1.15)]
  const upper = lid(shape, -aperture * share, skew, roundness)
  const lower = lid(shape, aperture * (1 - share), random.between(-0.3, 0.3), random.between(0.6, 1.1))
  ball(square, { shape, upper, lower, tone }, random)
  // No thicker than leaves the ball to be seen.
  const thick = Math.min(aperture * 0.2, size * random.between(0.008, random.chance(0.3) ? 0.06 : 0.03))
  band(square, { curve: upper, above: thick, below: thick * random.between(0.4, 1), strength: random.between(0.35, 1), shade: dark })
  band(square, { curve: lower, above: 0.012, below: 0.015, strength: random.between(0.05, 0.5), shade: tone * random.between(0.3, 0.8) })
  if (random.chance(0.8)) {
    const fold = moved(
      lid(shape, -aperture * share * random.between(0.8, 1.2), skew, 1, random.between(1, 1.25)),
      -random.between(0.02, 0.13),
    )
    const width = size * random.between(0.008, 0.035)
    crease(square, fold, width, random.between(0.1, 0.75), tone * random.between(0.3, 0.75))
  }
  lashes(square, upper, true, size, dark, random)
  lashes(square, lower, false, size, dark, random)
}
