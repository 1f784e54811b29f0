/** Pictures of real recordings, changed as light, lens and mounting would change them; made in memory, kept nowhere. */
import { type Mat, opencv } from '../../daemon/vision/opencv.js'
import { seeded } from '../../scripts/train/random.js'

/** The picture at `seconds` of a recording; the caller releases it. */
export const pictureAt = (file: string, seconds: number): Mat => {
  const cv = opencv()
  const video = new cv.VideoCapture(file, cv.CAP_FFMPEG)
  const wanted = Math.round(seconds * video.get(cv.CAP_PROP_FPS))
  let mat = video.read()
  for (let ordinal = 0; ordinal < wanted; ordinal++) {
    mat.release()
    mat = video.read()
  }
  video.release()
  return mat
}

/** A picture of one gray. Out of a buffer: the binding fills a picture pixel by pixel, a hundred times slower. */
export const plain = (rows: number, cols: number, tone: number): Mat =>
  new (opencv().Mat)(Buffer.alloc(3 * rows * cols, tone), rows, cols, opencv().CV_8UC3)

/** Takes a picture and gives a changed one; who calls releases both. */
export type Change = (mat: Mat) => Mat

export const same: Change = (mat) => mat.copy()

/** Brightness times `factor`, plus `offset`. */
export const lit =
  (factor: number, offset = 0): Change =>
  (mat) =>
    mat.convertTo(-1, factor, offset)

export const gray: Change = (mat) => mat.cvtColor(opencv().COLOR_BGR2GRAY)

/** As an infrared camera gives it that calls itself a colour camera. */
export const grayInColour: Change = (mat) => {
  const one = gray(mat)
  const three = one.cvtColor(opencv().COLOR_GRAY2BGR)
  one.release()
  return three
}

/** Nothing but one gray and a camera's grain upon it: a finger on the lens. */
export const finger =
  (tone: number, grain: number): Change =>
  (mat) => {
    const random = seeded(3)
    const bytes = Buffer.from(Uint8Array.from({ length: 3 * mat.rows * mat.cols }, () => Math.round(tone + random.between(-grain, grain))))
    return new (opencv().Mat)(bytes, mat.rows, mat.cols, opencv().CV_8UC3)
  }

export const blurred =
  (sigma: number): Change =>
  (mat) =>
    mat.gaussianBlur(new (opencv().Size)(0, 0), sigma)

/** Smeared sideways over so many px, as by a long exposure on a bad road. */
export const smeared =
  (px: number): Change =>
  (mat) =>
    mat.blur(new (opencv().Size)(Math.max(1, Math.round(px)), 1))

/** One side of the picture, from `fromShare` of its width on, times `factor`: half a face in the sun. */
export const halfLit =
  (fromShare: number, factor: number): Change =>
  (mat) => {
    const cv = opencv()
    const whole = mat.copy()
    const left = Math.round(fromShare * mat.cols)
    const region = whole.getRegion(new cv.Rect(left, 0, mat.cols - left, mat.rows))
    const bright = region.convertTo(-1, factor, 0)
    bright.copyTo(region)
    bright.release()
    region.release()
    return whole
  }

/** Into the middle of a picture of this size, as another aspect ratio gives it. */
export const framed =
  (width: number, height: number): Change =>
  (mat) => {
    const cv = opencv()
    const factor = Math.min(width / mat.cols, height / mat.rows)
    const [rows, cols] = [Math.round(mat.rows * factor), Math.round(mat.cols * factor)]
    const small = mat.resize(rows, cols, 0, 0, cv.INTER_AREA)
    const whole = plain(height, width, 60)
    const region = whole.getRegion(new cv.Rect(Math.floor((width - cols) / 2), Math.floor((height - rows) / 2), cols, rows))
    small.copyTo(region)
    region.release()
    small.release()
    return whole
  }

type Place = readonly [x: number, y: number]

/** Discs over these places, of a radius in px and one tone: lenses, or the palm of a hand. */
export const covered =
  (places: readonly Place[], radius: number, tone: readonly [blue: number, green: number, red: number]): Change =>
  (mat) => {
    const cv = opencv()
    const whole = mat.copy()
    for (const [x, y] of places) whole.drawCircle(new cv.Point2(Math.round(x), Math.round(y)), Math.round(radius), new cv.Vec3(...tone), -1)
    return whole
  }
