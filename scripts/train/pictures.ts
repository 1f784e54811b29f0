/** Decodes the data sets' pictures (WebP, JPEG) to square gray patches, with the same OpenCV the daemon uses. */
import { createRequire } from 'node:module'

type OpenCv = typeof import('opencv4nodejs')

let loaded: OpenCv | null = null

const openCv = (): OpenCv => {
  if (loaded === null) {
    process.env.OPENCV4NODEJS_DISABLE_AUTOBUILD = '1'
    process.env.OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING = '1'
    const say = console.log
    console.log = () => {} // the binding's loader greets on stdout
    try {
      const binding: OpenCv = createRequire(import.meta.url)('opencv4nodejs')
      loaded = binding
    } finally {
      console.log = say
    }
  }
  return loaded
}

/** Side × side gray pixels of one encoded picture: area-averaged when it shrinks, bilinear when it grows. Throws when it is no picture. */
export const decodeGray = (encoded: Buffer, sides: readonly number[]): Uint8Array[] => {
  const cv = openCv()
  const picture = cv.imdecode(encoded, cv.IMREAD_GRAYSCALE)
  try {
    if (picture.empty) throw new Error('not a picture that OpenCV can decode')
    return sides.map((side) => {
      const resized = picture.resize(side, side, 0, 0, picture.cols > side ? cv.INTER_AREA : cv.INTER_LINEAR)
      const pixels = new Uint8Array(resized.getData())
      resized.release()
      return pixels
    })
  } finally {
    picture.release()
  }
}
