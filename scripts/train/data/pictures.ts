/** Decodes the data sets' pictures (WebP, JPEG) to square gray patches, as `kantukd classify --eye` does it. */
import { guarded, opencv, withMats } from '../../../daemon/vision/opencv.js'
import { eyeOf } from '../../../daemon/vision/pictures.js'

/** Side × side gray pixels of the inner `share` of one encoded picture, for each wanted. */
export const decodeGray = (encoded: Buffer, wanted: readonly { side: number; share: number }[]): Uint8Array[] => {
  const cv = opencv()
  return withMats('a picture of the data set cannot be decoded', (own) => {
    const picture = own(guarded('imdecode', () => cv.imdecode(encoded, cv.IMREAD_GRAYSCALE)))
    return wanted.map(({ side, share }) => new Uint8Array(eyeOf(picture, side, share, own).getData()))
  })
}

/** A square gray picture, or the inner `share` of it, at another side. */
export const resized = (pixels: Uint8Array, from: number, to: number, share = 1): Uint8Array =>
  withMats('a patch cannot be brought to another size', (own) => {
    const picture = own(new (opencv().Mat)(Buffer.from(pixels), from, from, opencv().CV_8UC1))
    return new Uint8Array(eyeOf(picture, to, share, own).getData())
  })
