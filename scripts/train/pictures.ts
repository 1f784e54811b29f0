/** Decodes the data sets' pictures (WebP, JPEG) to square gray patches, as `kantukd classify --eye` does it. */
import { guarded, opencv, withMats } from '../../daemon/vision/opencv.js'

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
