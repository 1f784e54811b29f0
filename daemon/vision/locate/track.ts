/** Finds the driver's face and stays with it: full range over the whole frame to acquire, short range on a region to track. */
import type { Frame, Square } from '../pixels.js'
import { areaSquare, type SearchArea } from './area.js'
import type { Detection, Detector } from './blazeface.js'
import { type Driver, SURE_SCORE } from './driver.js'
import { distance } from './geometry.js'
import { nextRegion, regionAround } from './region.js'
import { isPlausible } from './sanity.js'

// Source: MediaPipe's face detection graphs (0.5 short range).
const MIN_SHORT_SCORE = 0.5
// Own: a weaker sign of a face counts where short range, which sees it bigger, confirms it.
const MIN_HINT_SCORE = 0.3
// Own: hints looked at in a frame; each costs a run of the short range.
const MAX_HINTS = 3

// Own: how long a passenger may be taken for the driver, or a headrest for a face.
const RECHECK_MS = 2000

interface Tracker {
  /** The driver's face in this frame, or null. Frames come in the order of their `at`. */
  track(frame: Frame): Promise<Detection | null>
  reset(): void
}

const nearest = (faces: readonly Detection[], region: Square): Detection | null =>
  faces.reduce<Detection | null>(
    (best, face) => (best === null || distance(face.center, region.center) < distance(best.center, region.center) ? face : best),
    null,
  )

/**
 * @param full finds faces of any size in the whole frame
 * @param short finds the face precisely in a square a few times its size
 * @param driver tells whose face is the driver's
 * @param area where faces are looked for
 */
export const createTracker = (full: Detector, short: Detector, driver: Driver, area: SearchArea): Tracker => {
  let region: Square | null = null
  let checkedAtMs = Number.NEGATIVE_INFINITY
  let frameSize: readonly [width: number, height: number] = [0, 0]

  const possible = (frame: Frame, faces: readonly Detection[]): Detection[] =>
    faces.filter((face) => isPlausible(face, frame) && area.holds(face.center, frame))

  const look = async (frame: Frame, within: Square): Promise<Detection[]> =>
    possible(frame, await short.detect(frame, within, MIN_SHORT_SCORE))

  const follow = async (frame: Frame, within: Square): Promise<Detection | null> =>
    nearest(
      (await look(frame, within)).filter((face) => driver.isStill(face, frame)),
      within,
    )

  const search = async (frame: Frame): Promise<Detection[]> => {
    checkedAtMs = frame.at
    return possible(frame, await full.detect(frame, areaSquare(area.of(frame)), MIN_HINT_SCORE))
  }

  /** The likeliest face that short range confirms; it also places the points better. A sure one counts unconfirmed. */
  const acquire = async (frame: Frame, faces: readonly Detection[]): Promise<Detection | null> => {
    region = null
    for (const hint of driver.candidates(faces, frame).slice(0, MAX_HINTS)) {
      const around = regionAround(hint)
      const confirmed = nearest(driver.candidates(await look(frame, around), frame), around)
      const face = confirmed ?? (hint.score >= SURE_SCORE ? hint : null)
      if (face === null) continue
      region = regionAround(face)
      return face
    }
    return null
  }

  const find = async (frame: Frame): Promise<Detection | null> => {
    const tracked = region === null ? null : await follow(frame, region)
    if (region === null || tracked === null) {
      const faces = await search(frame)
      const face = await acquire(frame, faces)
      if (face === null) driver.sawWithout(faces, frame)
      return face
    }
    if (frame.at - checkedAtMs >= RECHECK_MS) {
      const faces = await search(frame)
      if (driver.isAnother(faces, tracked, frame)) {
        driver.forget()
        return acquire(frame, faces)
      }
      driver.sawAll(faces, tracked, frame)
    }
    region = nextRegion(region, tracked)
    return tracked
  }

  return {
    track: async (frame) => {
      // Another size is another stream: px of the last frame say nothing in this one.
      if (frame.width !== frameSize[0] || frame.height !== frameSize[1]) region = null
      frameSize = [frame.width, frame.height]
      const face = await find(frame)
      driver.saw(face, frame)
      return face
    },
    reset: () => {
      region = null
      checkedAtMs = Number.NEGATIVE_INFINITY
      driver.forget()
    },
  }
}
