/** Brightness and sharpness of a gray patch. */
import type { GrayPatch, Light } from './pixels.js'

/** Tells whether the pixel at column, row lies inside the frame. */
type Inside = (column: number, row: number) => boolean

const everywhere: Inside = () => true

/**
 * Mean brightness (0..255) and the variance of the 4-neighbour Laplacian over the patch; both 0 when nothing is inside.
 * The variance depends on the patch's scale: compare patches cut to one size only.
 */
export const lightOf = ({ width, height, data }: GrayPatch, inside: Inside = everywhere): Light => {
  let count = 0
  let total = 0
  let edges = 0
  let edgeSum = 0
  let edgeSquares = 0
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!inside(column, row)) continue
      const at = row * width + column
      const value = data[at] ?? 0
      count++
      total += value
      if (row === 0 || column === 0 || row === height - 1 || column === width - 1) continue
      const edge = (data[at - 1] ?? 0) + (data[at + 1] ?? 0) + (data[at - width] ?? 0) + (data[at + width] ?? 0) - 4 * value
      edges++
      edgeSum += edge
      edgeSquares += edge * edge
    }
  }
  if (count === 0) return { brightness: 0, sharpness: 0 }
  const mean = edges === 0 ? 0 : edgeSum / edges
  return { brightness: total / count, sharpness: edges === 0 ? 0 : edgeSquares / edges - mean * mean }
}
