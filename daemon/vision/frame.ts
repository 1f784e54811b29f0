/** A frame in OpenCV's memory, behind the port that shows no Mat. */
import { lightOf } from './light.js'
import { type Mat, OpencvError, opencv, withMats } from './opencv.js'
import type { Frame, Square } from './pixels.js'

// Light is measured at one scale, so that sharpness means the same near and far; own choice: 4096 pixels say enough.
const LIGHT_SIZE = 64

/** -1..1 for each byte, as the face networks take it. */
const UNIT = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1)

/** The map from a patch's pixel (column, row) to the frame's: x = a·column + b·row + c, y = d·column + e·row + f. */
type Affine = { a: number; b: number; c: number; d: number; e: number; f: number }

/** `square` in px of a picture whose left upper corner is 0, 0; pixel centres lie at half numbers, OpenCV's at whole ones. */
const affine = ({ center: [x, y], size, roll }: Square, side: number): Affine => {
  const step = size / side
  const cos = Math.cos((roll * Math.PI) / 180) * step
  const sin = Math.sin((roll * Math.PI) / 180) * step
  const middle = (side - 1) / 2
  return { a: cos, b: -sin, c: x - 0.5 - middle * (cos - sin), d: sin, e: cos, f: y - 0.5 - middle * (sin + cos) }
}

/** The whole-numbered rectangle of the frame that a square touches, its sides multiples of `step`; null when it is outside or too thin. */
const around = ({ center: [x, y], size, roll }: Square, width: number, height: number, step: number) => {
  const angle = (roll * Math.PI) / 180
  const half = (size / 2) * (Math.abs(Math.cos(angle)) + Math.abs(Math.sin(angle)))
  const left = Math.max(0, Math.floor(x - half) - step)
  const top = Math.max(0, Math.floor(y - half) - step)
  const columns = Math.floor((Math.min(width, Math.ceil(x + half) + step) - left) / step) * step
  const rows = Math.floor((Math.min(height, Math.ceil(y + half) + step) - top) / step) * step
  return columns > 0 && rows > 0 ? { left, top, columns, rows } : null
}

/** Cuts a square to side × side pixels of the Mat's own channels; the caller owns the result through `own`. */
const cut = (mat: Mat, square: Square, side: number, border: 'black' | 'repeat', own: (mat: Mat) => Mat): Mat => {
  const cv = opencv()
  // One tap of bilinear sampling a pixel aliases when it shrinks: average whole blocks first (OpenCV's fast path for whole factors).
  const shrink = Math.floor(square.size / side)
  const rect = shrink >= 2 ? around(square, mat.cols, mat.rows, shrink) : null
  let from = mat
  let placed = square
  if (rect) {
    const region = own(mat.getRegion(new cv.Rect(rect.left, rect.top, rect.columns, rect.rows)))
    from = own(region.resize(rect.rows / shrink, rect.columns / shrink, 0, 0, cv.INTER_AREA))
    const [x, y] = square.center
    placed = { center: [(x - rect.left) / shrink, (y - rect.top) / shrink], size: square.size / shrink, roll: square.roll }
  }
  const { a, b, c, d, e, f } = affine(placed, side)
  const matrix = own(
    new cv.Mat(
      [
        [a, b, c],
        [d, e, f],
      ],
      cv.CV_64F,
    ),
  )
  const edge = border === 'black' ? cv.BORDER_CONSTANT : cv.BORDER_REPLICATE
  return own(from.warpAffine(matrix, new cv.Size(side, side), cv.INTER_LINEAR | cv.WARP_INVERSE_MAP, edge))
}

const toRgb = (bytes: Uint8Array, channels: number, side: number): Float32Array => {
  const rgb = new Float32Array(side * side * 3)
  const [red, green, blue] = channels === 1 ? [0, 0, 0] : [2, 1, 0]
  for (let from = 0, to = 0; to < rgb.length; from += channels, to += 3) {
    rgb[to] = UNIT[bytes[from + red] ?? 0] ?? 0
    rgb[to + 1] = UNIT[bytes[from + green] ?? 0] ?? 0
    rgb[to + 2] = UNIT[bytes[from + blue] ?? 0] ?? 0
  }
  return rgb
}

/**
 * The frame that owns `mat`, which nobody else may release.
 * @param mat 8 bits a channel; 1 channel is gray, 3 are blue, green, red
 * @param at milliseconds on the camera's clock
 * @throws OpencvError `opencv-call` from every reading method when OpenCV refuses, or when the frame was released
 */
export const matFrame = (mat: Mat, at: number): Frame => {
  const { cols: width, rows: height, channels } = mat
  let released = false

  const reading = <T>(what: string, calls: (own: (made: Mat) => Mat) => T): T => {
    if (released) throw new OpencvError('opencv-call', `${what}: the frame was released before; keep it until the last cut is done`, null)
    return withMats(what, calls)
  }

  const cutGray = (square: Square, side: number) =>
    reading('cannot cut a gray patch', (own) => {
      const patch = cut(mat, square, side, 'repeat', own)
      const gray = channels === 1 ? patch : own(patch.cvtColor(opencv().COLOR_BGR2GRAY))
      return { width: side, height: side, data: new Uint8Array(gray.getData()) }
    })

  return {
    width,
    height,
    at,
    cutGray,
    cutRgb: (square, side) =>
      reading('cannot cut a picture', (own) => {
        const patch = cut(mat, square, side, 'black', own)
        return { width: side, height: side, data: toRgb(patch.getData(), channels, side) }
      }),
    light: (square) => {
      const { a, b, c, d, e, f } = affine(square, LIGHT_SIZE)
      return lightOf(cutGray(square, LIGHT_SIZE), (column, row) => {
        const x = a * column + b * row + c
        const y = d * column + e * row + f
        return x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1
      })
    },
    release: () => {
      if (released) return
      released = true
      mat.release()
    },
  }
}
