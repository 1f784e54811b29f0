/**
 * Whose face is the driver's: by the seat's side, by the place where the driver has sat, then by size. A face that is lost is
 * found again at its own seat only: while a passenger is all there is to see, there is no driver's face.
 */
import type { Detection } from './blazeface.js'
import { createPassengers } from './passengers.js'
import { faceSize, facesApart, type Place, placeOf, type View } from './place.js'
import { createSeat } from './seat.js'

/** Where the driver sits in the picture, as the camera sees it; auto: learned. */
export type DriverSide = 'auto' | 'left' | 'right'

// Own: a camera before the driver shows him in the middle, and he leans beyond it; the other seat is not within two thirds.
const SIDE_ENDS_AT = 2 / 3

// Own: another face must be clearly bigger to take over, else two alike would take turns.
const TAKEOVER_RATIO = 1.3
// Own: of a learned seat for so long without a break: a passenger who leans forward does not, a driver who got in later does.
const LEARNED_TAKEOVER_MS = 60_000
// Own: who is followed from frame to frame stays himself, wherever he leans; a head moves half its width in 40 ms at most.
const STEP_FACES = 0.6
const STEP_RATIO = 1.4
// Source: MediaPipe's face detection graphs (0.6 full range).
export const SURE_SCORE = 0.6

// Own: a passenger is not followed nearer than this, so that the driver is nearer to his own place than to the passenger's as soon as he comes back to within half of it.
const OWN_SEAT_FACES = 1.5

export interface Driver {
  /** The faces that can be the driver's, the likeliest first. */
  candidates(faces: readonly Detection[], view: View): Detection[]
  /** Whether the face found where the driver's was is still his. */
  isStill(face: Detection, view: View): boolean
  /** Whether, of all faces in the frame, another is the driver's rather than the one that is followed. Once the seat is learned, only after a minute of it. */
  isAnother(faces: readonly Detection[], followed: Detection, view: View): boolean
  /** Told of the driver's face once a frame; null when there is none. */
  saw(face: Detection | null, view: View): void
  /** Told of all faces in the frame while the driver's is followed. */
  sawAll(faces: readonly Detection[], followed: Detection, view: View): void
  /** Told of all faces in the frame while the driver's is not found. */
  sawWithout(faces: readonly Detection[], view: View): void
  /** Forgets seat and passengers. */
  forget(): void
}

/** Whether two detections lie on one another. */
const isSame = (a: Detection, b: Detection): boolean =>
  Math.hypot(a.center[0] - b.center[0], a.center[1] - b.center[1]) < Math.max(faceSize(a), faceSize(b)) / 2

/** Whether a face can have moved from one place to the other within a frame. */
const isStep = (from: Place, to: Place, view: View): boolean =>
  facesApart(from, to, view) <= STEP_FACES && to.size < STEP_RATIO * from.size && from.size < STEP_RATIO * to.size

/** @param side as configured */
export const createDriver = (side: DriverSide): Driver => {
  const seat = createSeat()
  const passengers = createPassengers()
  let last: Place | null = null
  let outdoneSinceMs: number | null = null

  /** How far a place lies on the driver's side: 0 at the picture's edge, 0.5 in the middle, 1 at the other edge. */
  const aside = ({ x }: Place): number => (side === 'auto' ? 0 : side === 'left' ? x : 1 - x)
  const isOthers = (place: Place, view: View): boolean => passengers.distance(place, view) < seat.distance(place, view)
  const admits = (place: Place, view: View): boolean =>
    aside(place) <= SIDE_ENDS_AT && (!seat.holds(view.at) || (seat.reaches(place, view) && !isOthers(place, view)))

  /** Whether another face is rather the driver's by what this one frame shows. */
  const isOutdoneBy = (faces: readonly Detection[], followed: Detection, view: View): boolean => {
    const own = placeOf(followed, view)
    const [top] = faces
      .filter((face) => face.score >= SURE_SCORE && aside(placeOf(face, view)) <= SIDE_ENDS_AT)
      .sort((a, b) => faceSize(b) - faceSize(a))
    if (top === undefined || isSame(top, followed)) return false
    if (aside(own) <= 0.5 && aside(placeOf(top, view)) > 0.5) return false
    // Bigger than his usual size too: he may just be leaning back.
    if (faceSize(top) / view.width > TAKEOVER_RATIO * Math.max(own.size, seat.size())) return true
    // Nothing but the narrow search sees a face here, and there is a real one elsewhere.
    return !seat.holds(view.at) && !faces.some((face) => isSame(face, followed))
  }

  return {
    candidates: (faces, view) => {
      const half = (face: Detection): number => (aside(placeOf(face, view)) <= 0.5 ? 0 : 1)
      return faces.filter((face) => admits(placeOf(face, view), view)).sort((a, b) => half(a) - half(b) || faceSize(b) - faceSize(a))
    },
    isStill: (face, view) => {
      const place = placeOf(face, view)
      return (last !== null && isStep(last, place, view)) || admits(place, view)
    },
    isAnother: (faces, followed, view) => {
      const isOutdone = isOutdoneBy(faces, followed, view)
      outdoneSinceMs = isOutdone ? (outdoneSinceMs ?? view.at) : null
      return outdoneSinceMs !== null && (!seat.isLearned() || view.at - outdoneSinceMs >= LEARNED_TAKEOVER_MS)
    },
    saw: (face, view) => {
      last = face === null ? null : placeOf(face, view)
      if (last !== null) seat.saw(last, view)
    },
    sawAll: (faces, followed, view) => {
      const others = faces.filter((face) => face.score >= SURE_SCORE && !isSame(face, followed))
      const own = placeOf(followed, view)
      passengers.saw(
        others.map((face) => placeOf(face, view)).filter((place) => facesApart(own, place, view) >= 1),
        view,
      )
    },
    sawWithout: (faces, view) => {
      const away = faces.filter((face) => face.score >= SURE_SCORE).map((face) => placeOf(face, view))
      // Never followed onto the seat itself: the driver who comes back there must not find it taken.
      if (seat.holds(view.at))
        passengers.moved(
          away.filter((place) => seat.distance(place, view) > OWN_SEAT_FACES && isOthers(place, view)),
          view,
        )
    },
    forget: () => {
      seat.forget()
      passengers.forget()
      last = null
      outdoneSinceMs = null
    },
  }
}
