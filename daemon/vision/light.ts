/** Brightness and sharpness of a gray patch. */
import type { Area, GrayPatch, Light, Square } from './pixels.js'

/** The part of an upright square's patch, `side` px wide, that shows what lies in `area` of the frame. */
export const partInside = ({ center: [x, y], size }: Square, area: Area, side: number): Area => {
  const step = size / side
  // The patch's pixel i shows the frame's around first + i · step; a pixel's middle lies at half a px.
  const firstAfter = (middle: number, edge: number): number =>
    Math.min(side, Math.max(0, Math.ceil((edge - middle + size / 2 - step / 2 + 0.5) / step)))
  const afterLast = (middle: number, edge: number): number =>
    Math.min(side, Math.max(0, Math.floor((edge - 1 - middle + size / 2 - step / 2 + 0.5) / step) + 1))
  return {
    left: firstAfter(x, area.left),
    top: firstAfter(y, area.top),
    right: afterLast(x, area.right),
    bottom: afterLast(y, area.bottom),
  }
}

/**
 * Mean brightness (0..255) and the variance of the 4-neighbour Laplacian over a part of the patch; both 0 when it is empty.
 * The variance depends on the patch's scale: compare patches cut to one size only. Runs on every frame, so it allocates nothing.
 */
export const lightOf = ({ width, height, data }: GrayPatch, part?: Area): Light => {
  const { left, top, right, bottom } = part ?? { left: 0, top: 0, right: width, bottom: height }
  const count = Math.max(0, right - left) * Math.max(0, bottom - top)
  if (count === 0) return { brightness: 0, sharpness: 0 }
  let total = 0
  for (let row = top; row < bottom; row++) {
    for (let at = row * width + left; at < row * width + right; at++) total += data[at] ?? 0
  }
  let sum = 0
  let squares = 0
  for (let row = top + 1; row < bottom - 1; row++) {
    const first = row * width + left
    // Along the row each pixel is read once: what was the next becomes the middle one.
    let before = data[first] ?? 0
    let here = data[first + 1] ?? 0
    for (let at = first + 1; at < first + right - left - 1; at++) {
      const after = data[at + 1] ?? 0
      const edge = before + after + (data[at - width] ?? 0) + (data[at + width] ?? 0) - 4 * here
      sum += edge
      squares += edge * edge
      before = here
      here = after
    }
  }
  const edges = Math.max(1, (right - left - 2) * (bottom - top - 2))
  return { brightness: total / count, sharpness: squares / edges - (sum / edges) ** 2 }
}
