/** Where the driver sits, learned from where the followed face has been. Pure: time is that of the frames. */
import { facesApart, type Place, type View } from './place.js'

// Own: a face that passes, or a headrest taken for one until the first look over the whole frame, is no driver yet.
const HOLDS_FROM_MS = 3000
// Own: "the first minutes"; afterwards the seat's middle stays.
const LEARNED_AFTER_MS = 120_000
// Own: a seat that is empty is kept for so many times as long as its face was seen: 10 s for 100 s, an hour at the wheel for longer than any trip. Never for good:
// it may have been a passenger who waited alone.
const HOLD_PER_SEEN = 10
// Own: longest time that one frame may stand for, in a stream that stalls.
const LONGEST_STEP_MS = 1000

// Own: a head 16 cm wide leans by 30 cm; the other front seat is 70 cm, more than four faces, away at the same depth.
const REACH_FACES = 2
// Own: leaning back and forward; somebody on the back seat looks half as big.
const SMALLEST_RATIO = 0.55
const BIGGEST_RATIO = 2.2

export interface Seat {
  /** Told once a frame in which the driver's face was found. */
  saw(place: Place, view: View): void
  /** True when a lost face may be found again at this seat only. */
  holds(atMs: number): boolean
  isLearned(): boolean
  /** True when a face at this place can sit in the seat. */
  reaches(place: Place, view: View): boolean
  /** How far from the seat's middle, in its face's sizes; 0 as long as there is none. */
  distance(place: Place, view: View): number
  /** Usual size of its face in 0..1 of the picture's width; 0 as long as there is none. */
  size(): number
  forget(): void
}

export const createSeat = (): Seat => {
  let middle: Place | null = null
  let seenMs = 0
  let lastMs = 0

  const holds = (atMs: number): boolean => middle !== null && seenMs >= HOLDS_FROM_MS && atMs - lastMs <= HOLD_PER_SEEN * seenMs

  const reaches = (place: Place, view: View): boolean => {
    if (middle === null) return true
    const ratio = place.size / middle.size
    return ratio >= SMALLEST_RATIO && ratio <= BIGGEST_RATIO && facesApart(middle, place, view) <= REACH_FACES
  }

  const forget = (): void => {
    middle = null
    seenMs = 0
  }

  return {
    holds,
    reaches,
    forget,
    size: () => middle?.size ?? 0,
    isLearned: () => seenMs >= LEARNED_AFTER_MS,
    saw: (place, view) => {
      const { at } = view
      if (!holds(at) && !reaches(place, view)) forget()
      const stepMs = middle === null ? 0 : Math.min(Math.max(0, at - lastMs), LONGEST_STEP_MS)
      lastMs = at
      seenMs += stepMs
      if (seenMs - stepMs >= LEARNED_AFTER_MS) return
      // The mean over the time seen; the first face counts until there is more.
      const share = seenMs > 0 ? stepMs / seenMs : 1
      const follow = (from: number, to: number): number => from + share * (to - from)
      middle =
        middle === null ? place : { x: follow(middle.x, place.x), y: follow(middle.y, place.y), size: follow(middle.size, place.size) }
    },
    distance: (place, view) => (middle === null ? 0 : facesApart(middle, place, view)),
  }
}
