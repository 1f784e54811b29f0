/** Decodes the data sets' pictures (WebP, JPEG) to square gray patches, as `kantukd classify --eye` does it. */
import { guarded, opencv, withMats } from '../../../daemon/vision/opencv.js'

/** Side × side gray pixels of one encoded picture, for each side: area-averaged when it shrinks, bilinear when it grows. */
export const decodeGray = (encoded: Buffer, sides: readonly number[]): Uint8Array[] => {
  const cv = opencv()
  return withMats('a picture of the data set cannot be decoded', (own) => {
    const picture = own(guarded('imdecode', () => cv.imdecode(encoded, cv.IMREAD_GRAYSCALE)))
    return sides.map((side) => {
      const method = picture.cols > side ? cv.INTER_AREA : cv.INTER_LINEAR
      return new Uint8Array(own(picture.resize(side, side, 0, 0, method)).getData())
    })
  })
}

/** A square gray picture at another side, as decodeGray does it. */
export const resized = (pixels: Uint8Array, from: number, to: number): Uint8Array => {
  const cv = opencv()
  return withMats('a patch cannot be brought to another size', (own) => {
    const picture = own(new cv.Mat(Buffer.from(pixels), from, from, cv.CV_8UC1))
    return new Uint8Array(own(picture.resize(to, to, 0, 0, from > to ? cv.INTER_AREA : cv.INTER_LINEAR)).getData())
  })
}
