/** Finds the driver's face and stays with it: full range over the whole frame to acquire, short range on a region to track. */
import type { Frame, Square } from '../pixels.js'
import type { Detection, Detector } from './blazeface.js'
import { distance } from './geometry.js'
import { nextRegion, regionAround, wholeFrame } from './region.js'
import { isPlausible } from './sanity.js'

// Source: MediaPipe's face detection graphs (0.5 short range, 0.6 full range).
const MIN_SHORT_SCORE = 0.5
const MIN_FULL_SCORE = 0.6
// Own: a weaker sign of a face counts where short range, which sees it bigger, confirms it.
const MIN_HINT_SCORE = 0.3
// Own: hints looked at in a frame; each costs a run of the short range.
const MAX_HINTS = 3

// Own: how long a passenger may be taken for the driver, or a headrest for a face.
const RECHECK_MS = 2000

// Own: another face must be clearly bigger to take over, else two alike would take turns.
const TAKEOVER_RATIO = 1.3

interface Tracker {
  /** The driver's face in this frame, or null. Frames come in the order of their `at`. */
  track(frame: Frame): Promise<Detection | null>
  reset(): void
}

const size = (face: Detection): number => Math.max(face.width, face.height)

const biggestFirst = (faces: readonly Detection[]): Detection[] => [...faces].sort((a, b) => size(b) - size(a))

const nearest = (faces: readonly Detection[], region: Square): Detection | null =>
  faces.reduce<Detection | null>(
    (best, face) => (best === null || distance(face.center, region.center) < distance(best.center, region.center) ? face : best),
    null,
  )

const isSame = (a: Detection, b: Detection): boolean => distance(a.center, b.center) < Math.max(size(a), size(b)) / 2

/** Whether another face is the driver's rather than the one that is tracked. */
const takesOver = (faces: readonly Detection[], tracked: Detection): boolean => {
  const [top] = biggestFirst(faces.filter(({ score }) => score >= MIN_FULL_SCORE))
  if (top === undefined || isSame(top, tracked)) return false
  return size(top) > TAKEOVER_RATIO * size(tracked) || !faces.some((face) => isSame(face, tracked))
}

/**
 * @param full finds faces of any size in the whole frame
 * @param short finds the face precisely in a square a few times its size
 */
export const createTracker = (full: Detector, short: Detector): Tracker => {
  let region: Square | null = null
  let checkedAtMs = Number.NEGATIVE_INFINITY

  const look = async (frame: Frame, within: Square): Promise<Detection | null> => {
    const faces = await short.detect(frame, within, MIN_SHORT_SCORE)
    return nearest(
      faces.filter((face) => isPlausible(face, frame)),
      within,
    )
  }

  const search = async (frame: Frame): Promise<Detection[]> => {
    checkedAtMs = frame.at
    const faces = await full.detect(frame, wholeFrame(frame.width, frame.height), MIN_HINT_SCORE)
    return faces.filter((face) => isPlausible(face, frame))
  }

  /** The biggest face that short range confirms; it also places the points better. A sure one counts unconfirmed. */
  const acquire = async (frame: Frame, faces: readonly Detection[]): Promise<Detection | null> => {
    region = null
    for (const hint of biggestFirst(faces).slice(0, MAX_HINTS)) {
      const face = (await look(frame, regionAround(hint))) ?? (hint.score >= MIN_FULL_SCORE ? hint : null)
      if (face === null) continue
      region = regionAround(face)
      return face
    }
    return null
  }

  return {
    track: async (frame) => {
      const tracked = region === null ? null : await look(frame, region)
      if (region === null || tracked === null) return acquire(frame, await search(frame))
      if (frame.at - checkedAtMs >= RECHECK_MS) {
        const faces = await search(frame)
        if (takesOver(faces, tracked)) return acquire(frame, faces)
      }
      region = nextRegion(region, tracked)
      return tracked
    },
    reset: () => {
      region = null
      checkedAtMs = Number.NEGATIVE_INFINITY
    },
  }
}
