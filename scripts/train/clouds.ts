/** Smooth noise over a square. */
import type { Random } from './random.js'

/** side×side numbers -1..1: a coarse random grid of `cells` a side, bilinearly enlarged. */
export const clouds = (side: number, cells: number, random: Random): Float32Array => {
  const grid = Array.from({ length: (cells + 2) ** 2 }, () => random.between(-1, 1))
  const node = (x: number, y: number): number => grid[y * (cells + 2) + x] ?? 0
  return Float32Array.from({ length: side * side }, (_, at) => {
    const [gx, gy] = [((at % side) / side) * cells, (Math.floor(at / side) / side) * cells]
    const [left, top] = [Math.floor(gx), Math.floor(gy)]
    const [fx, fy] = [gx - left, gy - top]
    const above = node(left, top) * (1 - fx) + node(left + 1, top) * fx
    return above * (1 - fy) + (node(left, top + 1) * (1 - fx) + node(left + 1, top + 1) * fx) * fy
  })
}
