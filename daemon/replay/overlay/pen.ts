/** Draws on one picture with OpenCV: areas, outlines, words that fit, pictures. Coordinates are px, rounded here. */
import { type Mat, opencv } from '../../vision/opencv.js'
import type { GrayPatch, Square } from '../../vision/pixels.js'
import type { Box } from './layout.js'
import { BLACK, type Colour, WHITE } from './palette.js'

export type Words = { align?: 'left' | 'middle' | 'right'; colour?: Colour }

export interface Pen {
  fill(box: Box, colour: Colour): void
  outline(box: Box, colour: Colour, thickness: number): void
  /** A turned square. */
  square(square: Square, colour: Colour, thickness: number): void
  /** One line of words, as big as the box allows. */
  words(text: string, box: Box, how?: Words): void
  /** A gray patch, enlarged without smoothing: what the network sees. */
  patch(patch: GrayPatch, box: Box): void
  /** Blue, green, red, a byte each, of exactly the box's size. */
  pixels(data: Buffer, box: Box): void
}

// Of the font's letters at scale 1: capitals are 22 px high, and with room above and below a line takes about twice that.
const LINE_PX = 40
const CAPITAL_PX = 22

/** @param mat 8 bits, 3 channels; stays the caller's. @param own takes over every Mat made here, and releases it */
export const createPen = (mat: Mat, own: (made: Mat) => Mat): Pen => {
  const cv = opencv()
  const vec = ([b, g, r]: Colour) => new cv.Vec3(b, g, r)
  const point = (x: number, y: number) => new cv.Point2(Math.round(x), Math.round(y))
  const rectangle = ({ x, y, width, height }: Box, colour: Colour, thickness: number) =>
    mat.drawRectangle(point(x, y), point(x + width - 1, y + height - 1), vec(colour), thickness)
  const put = (picture: Mat, { x, y, width, height }: Box) =>
    picture.copyTo(own(mat.getRegion(new cv.Rect(Math.round(x), Math.round(y), Math.round(width), Math.round(height)))))
  const FONT = cv.FONT_HERSHEY_DUPLEX

  return {
    fill: (box, colour) => rectangle(box, colour, -1),
    outline: rectangle,
    square: ({ center: [x, y], size, roll }, colour, thickness) => {
      const [cos, sin] = [Math.cos((roll * Math.PI) / 180) * (size / 2), Math.sin((roll * Math.PI) / 180) * (size / 2)]
      const corners = [
        point(x - cos + sin, y - sin - cos),
        point(x + cos + sin, y + sin - cos),
        point(x + cos - sin, y + sin + cos),
        point(x - cos - sin, y - sin + cos),
      ]
      mat.drawPolylines([corners], true, vec(colour), thickness, cv.LINE_AA)
    },
    words: (text, box, { align = 'left', colour = WHITE } = {}) => {
      const tall = box.height / LINE_PX
      const { size } = cv.getTextSize(text, FONT, tall, 1)
      const scale = size.width > box.width ? (tall * box.width) / size.width : tall
      const width = Math.min(size.width, box.width)
      const x = box.x + { left: 0, middle: (box.width - width) / 2, right: box.width - width }[align]
      const y = box.y + (box.height + CAPITAL_PX * scale) / 2
      const thickness = Math.max(1, Math.round(1.6 * scale))
      // A dark rim: words stay readable on any ground.
      mat.putText(text, point(x, y), FONT, scale, vec(BLACK), thickness + 2, cv.LINE_AA)
      mat.putText(text, point(x, y), FONT, scale, vec(colour), thickness, cv.LINE_AA)
    },
    patch: (patch, box) => {
      const gray = own(new cv.Mat(Buffer.from(patch.data), patch.height, patch.width, cv.CV_8UC1))
      const large = own(gray.resize(Math.round(box.height), Math.round(box.width), 0, 0, cv.INTER_NEAREST))
      put(own(large.cvtColor(cv.COLOR_GRAY2BGR)), box)
    },
    pixels: (data, box) => put(own(new cv.Mat(data, Math.round(box.height), Math.round(box.width), cv.CV_8UC3)), box),
  }
}
