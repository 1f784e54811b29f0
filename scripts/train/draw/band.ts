/** Lines and hairs with soft edges, drawn into a square. Places and widths are shares of the side. */
import type { Random } from '../random.js'
import type { Square } from '../square.js'

/** A curve over the part of the side from `from` to `to`. */
export type Curve = { from: number; to: number; at(x: number): number }

/** `above` and `below`: how far it reaches from the curve; `strength` 0..1 of what it covers in the middle; `shade`: its gray level. */
export type Band = { curve: Curve; above: number; below: number; strength: number; shade: number }

const smoothStep = (share: number): number => share * share * (3 - 2 * share)

/** A band along a curve, fading to its edges and towards both ends. */
export const band = ({ side, pixels }: Square, { curve, above, below, strength, shade }: Band): void => {
  const first = Math.max(0, Math.floor(curve.from * side))
  const last = Math.min(side - 1, Math.ceil(curve.to * side))
  for (let column = first; column <= last; column++) {
    const x = (column + 0.5) / side
    const end = Math.min(x - curve.from, curve.to - x) / (curve.to - curve.from)
    if (end <= 0) continue
    const taper = Math.min(1, end * 8)
    const middle = curve.at(x) * side - 0.5
    const [up, down] = [Math.max(0.7, above * side * taper), Math.max(0.7, below * side * taper)]
    for (let row = Math.max(0, Math.ceil(middle - up)); row <= Math.min(side - 1, middle + down); row++) {
      const off = row < middle ? (middle - row) / up : (row - middle) / down
      const share = strength * smoothStep(1 - Math.min(1, off)) * Math.min(1, end * 20)
      const at = row * side + column
      pixels[at] = (pixels[at] ?? 0) * (1 - share) + shade * share
    }
  }
}

/** A band that reaches `width` to either side of its curve: a fold of skin, a shine. */
export const crease = (square: Square, curve: Curve, width: number, strength: number, shade: number): void =>
  band(square, { curve, above: width, below: width, strength, shade })

/** `angle` in radians, 0 to the right, growing downwards; `bend` turns it on its way. */
export type Hair = { x: number; y: number; angle: number; length: number; bend: number; width: number; strength: number; shade: number }

/** One hair, thinner towards its end. */
export const hair = ({ side, pixels }: Square, { x, y, angle, length, bend, width, strength, shade }: Hair): void => {
  const steps = Math.max(2, Math.ceil(length * side * 1.5))
  let [px, py] = [x * side, y * side]
  for (let step = 0; step < steps; step++) {
    const done = step / steps
    const turned = angle + bend * done
    px += (Math.cos(turned) * length * side) / steps
    py += (Math.sin(turned) * length * side) / steps
    const half = Math.max(0.5, width * side * (1 - done))
    for (let row = Math.max(0, Math.floor(py - half)); row <= Math.min(side - 1, py + half); row++) {
      for (let column = Math.max(0, Math.floor(px - half)); column <= Math.min(side - 1, px + half); column++) {
        const off = Math.hypot(column + 0.5 - px, row + 0.5 - py) / (half + 0.5)
        if (off >= 1) continue
        const share = strength * (1 - off)
        const at = row * side + column
        pixels[at] = (pixels[at] ?? 0) * (1 - share) + shade * share
      }
    }
  }
}

/** Loose strands across the picture. */
export const strands = (square: Square, shade: number, random: Random): void => {
  for (let left = 1 + random.below(5); left > 0; left--) {
    hair(square, {
      x: random.uniform(),
      y: random.between(-0.1, 0.2),
      angle: random.between(0.2, 0.8) * Math.PI,
      length: random.between(0.4, 1.2),
      bend: random.between(-0.8, 0.8),
      width: random.between(0.01, 0.03),
      strength: random.between(0.3, 0.9),
      shade,
    })
  }
}
