/**
 * The places that BlazeFace's outputs are relative to: cell centres, x and y in turn, in 0..1 of the input.
 * Source: MediaPipe's face_detection_short_range and _full_range graphs (SsdAnchorsCalculator).
 */

/** One grid of the input: cells of `stride` px, each with `perCell` outputs. */
type Grid = { stride: number; perCell: number }

const centres = (inputPx: number, grids: readonly Grid[]): Float32Array => {
  const places: number[] = []
  for (const { stride, perCell } of grids) {
    const cells = inputPx / stride
    for (let row = 0; row < cells; row++) {
      for (let column = 0; column < cells; column++) {
        for (let copy = 0; copy < perCell; copy++) places.push((column + 0.5) / cells, (row + 0.5) / cells)
      }
    }
  }
  return Float32Array.from(places)
}

/** 504 places of the short-range detector, made to take 96 × 96 px. */
export const shortRangeAnchors = (): Float32Array =>
  centres(96, [
    { stride: 8, perCell: 2 },
    { stride: 16, perCell: 6 },
  ])

/** 2304 places of the full-range detector, which takes 192 × 192 px. */
export const fullRangeAnchors = (): Float32Array => centres(192, [{ stride: 4, perCell: 1 }])
