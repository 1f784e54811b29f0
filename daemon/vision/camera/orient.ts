/** Turns a picture upright as the camera is mounted. */
import { guarded, type Mat, opencv } from '../opencv.js'

/** How the camera is mounted: degrees to turn clockwise, and whether it delivers a mirrored picture. */
export type Mounting = { rotateDegrees: 0 | 90 | 180 | 270; mirror: boolean }

/** Takes ownership of `mat` and gives back the upright picture, which the caller owns. */
export function orient(mat: Mat, { rotateDegrees, mirror }: Mounting): Mat {
  if (rotateDegrees === 0 && !mirror) return mat
  const cv = opencv()
  const codes = { 90: cv.ROTATE_90_CLOCKWISE, 180: cv.ROTATE_180, 270: cv.ROTATE_90_COUNTERCLOCKWISE }
  const turn = (m: Mat): Mat => (rotateDegrees === 0 ? m : m.rotate(codes[rotateDegrees]))
  const MIRRORED = 1
  const flip = (m: Mat): Mat => (mirror ? m.flip(MIRRORED) : m)
  return guarded('cannot turn the picture', () => {
    const turned = turn(mat)
    const upright = flip(turned)
    for (const used of new Set([mat, turned])) if (used !== upright) used.release()
    return upright
  })
}
