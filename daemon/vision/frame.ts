/** A frame in OpenCV's memory, behind the port that shows no Mat. */
import { lightOf, partInside } from './light.js'
import { encodeJpeg, type Mat, OpencvError, opencv, withMats } from './opencv.js'
import type { Area, Frame, Square } from './pixels.js'

// Light is measured at one scale, so that sharpness means the same near and far; own choice: 4096 pixels say enough.
const LIGHT_SIZE = 64

/** What a network takes for each tone of 0..255: -1..1. */
const SIGNED = Float32Array.from({ length: 256 }, (_, tone) => tone / 127.5 - 1)

type Own = (mat: Mat) => Mat

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

/** The whole-numbered rectangle of the frame that a square touches, its sides multiples of `step`; null when nothing is left of it. */
const around = ({ center: [x, y], size, roll }: Square, width: number, height: number, step: number) => {
  const angle = (roll * Math.PI) / 180
  const half = (size / 2) * (Math.abs(Math.cos(angle)) + Math.abs(Math.sin(angle)))
  const left = Math.max(0, Math.floor(x - half) - step)
  const top = Math.max(0, Math.floor(y - half) - step)
  const columns = Math.floor((Math.min(width, Math.ceil(x + half) + step) - left) / step) * step
  const rows = Math.floor((Math.min(height, Math.ceil(y + half) + step) - top) / step) * step
  return columns > 0 && rows > 0 ? { left, top, columns, rows } : null
}

/**
 * The gray picture around a square, and the square's place in it. One tap of bilinear sampling a pixel aliases when it shrinks: the
 * picture is halved first, as often as it goes, which OpenCV does eight times faster than any other factor. Gray before all else: a third of the work.
 */
const grayAround = (mat: Mat, square: Square, side: number, own: Own): { from: Mat; placed: Square } => {
  const cv = opencv()
  const gray = (part: Mat): Mat => (part.channels === 1 ? part : own(part.cvtColor(cv.COLOR_BGR2GRAY)))
  const halvings = Math.max(0, Math.floor(Math.log2(square.size / side)))
  const factor = 2 ** halvings
  const rect = around(square, mat.cols, mat.rows, factor)
  if (rect === null) return { from: gray(mat), placed: square }
  let from = gray(own(mat.getRegion(new cv.Rect(rect.left, rect.top, rect.columns, rect.rows))))
  for (let halving = 0; halving < halvings; halving++) from = own(from.resize(from.rows / 2, from.cols / 2, 0, 0, cv.INTER_AREA))
  const [x, y] = square.center
  return {
    from,
    placed: { center: [(x - rect.left) / factor, (y - rect.top) / factor], size: square.size / factor, roll: square.roll },
  }
}

/** Cuts a square to side × side gray pixels; the caller owns the result through `own`. */
const cut = (mat: Mat, square: Square, side: number, border: 'black' | 'repeat', own: Own): Mat => {
  const cv = opencv()
  const { from, placed } = grayAround(mat, square, side, own)
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

/** Cuts a square of which nothing outside `area` is seen. */
const cutWithin = (mat: Mat, { center: [x, y], size, roll }: Square, side: number, { left, top, right, bottom }: Area, own: Own): Mat => {
  const part = own(mat.getRegion(new (opencv().Rect)(left, top, right - left, bottom - top)))
  return cut(part, { center: [x - left, y - top], size, roll }, side, 'black', own)
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

  const reading = <T>(what: string, calls: (own: Own) => T): T => {
    if (released) throw new OpencvError('opencv-call', `${what}: the frame was released before; keep it until the last cut is done`, null)
    return withMats(what, calls)
  }

  const cutGray = (square: Square, side: number) =>
    reading('cannot cut a gray patch', (own) => {
      const patch = cut(mat, square, side, 'repeat', own)
      return { width: side, height: side, data: new Uint8Array(patch.getData()) }
    })

  return {
    width,
    height,
    at,
    cutGray,
    cutPlane: (square, side, plane, within) =>
      reading('cannot cut a picture', (own) => {
        const patch = within === undefined ? cut(mat, square, side, 'black', own) : cutWithin(mat, square, side, within, own)
        const pixels = patch.getData()
        for (let at = 0; at < plane.length; at++) plane[at] = SIGNED[pixels[at] ?? 0] ?? 0
      }),
    light: ({ center, size }, area = { left: 0, top: 0, right: width, bottom: height }) => {
      // How the square is turned makes no difference to its light, and upright it meets the frame's borders in straight lines.
      const upright: Square = { center, size, roll: 0 }
      return lightOf(cutGray(upright, LIGHT_SIZE), partInside(upright, area, LIGHT_SIZE))
    },
    bgr: () =>
      reading('cannot copy the frame', (own) => {
        const colour = channels === 1 ? own(mat.cvtColor(opencv().COLOR_GRAY2BGR)) : mat
        return { width, height, data: colour.getData() }
      }),
    jpeg: (atMostWidthPx, quality) => {
      const small = reading('cannot copy the frame', () => {
        const factor = Math.min(1, atMostWidthPx / width)
        return mat.resize(Math.round(height * factor), Math.round(width * factor), 0, 0, opencv().INTER_AREA)
      })
      return encodeJpeg(small, quality)
    },
    release: () => {
      if (released) return
      released = true
      mat.release()
    },
  }
}
