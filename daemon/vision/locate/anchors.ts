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

/** The short-range detector's places for an input of `inputPx`: 350 at 80 px. */
export const shortRangeAnchors = (inputPx: number): Float32Array =>
  centres(inputPx, [
    { stride: 8, perCell: 2 },
    { stride: 16, perCell: 6 },
  ])

/** The full-range detector's places: 2304 at 192 px. */
export const fullRangeAnchors = (inputPx: number): Float32Array => centres(inputPx, [{ stride: 4, perCell: 1 }])
