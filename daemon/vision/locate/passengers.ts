/** Where others sit: faces seen in one picture with the driver's. Pure: time is that of the frames. */
import { facesApart, type Place, type View } from './place.js'

type Passenger = { place: Place; sightings: number; lastMs: number }

// Own: what was seen once may be a reflection.
const COUNTS_FROM_SIGHTINGS = 2
// Own: the same person, sat differently.
const SAME_WITHIN_FACES = 0.75
// Own: who was not there for so long, while the driver was, got out.
const GONE_AFTER_MS = 300_000

export interface Passengers {
  /** Told of every other face when the whole frame was searched while the driver's is in sight. */
  saw(places: readonly Place[], view: View): void
  /** Told of every face of a frame in which the driver's is not: who is known and moves is followed, and nobody is made a passenger. */
  moved(places: readonly Place[], view: View): void
  /** How far the nearest one sits from this place, in sizes of the passenger's face; infinite without any. */
  distance(place: Place, view: View): number
  forget(): void
}

export const createPassengers = (): Passengers => {
  let known: Passenger[] = []
  const sameAs = (place: Place, view: View) => known.find((one) => facesApart(one.place, place, view) <= SAME_WITHIN_FACES)
  return {
    saw: (places, view) => {
      for (const place of places) {
        const same = sameAs(place, view)
        if (same === undefined) known.push({ place, sightings: 1, lastMs: view.at })
        else Object.assign(same, { place, sightings: same.sightings + 1, lastMs: view.at })
      }
      known = known.filter(({ lastMs }) => view.at - lastMs <= GONE_AFTER_MS)
    },
    moved: (places, view) => {
      for (const place of places) {
        const same = sameAs(place, view)
        if (same !== undefined) Object.assign(same, { place, lastMs: view.at })
      }
    },
    distance: (place, view) =>
      known.reduce(
        (least, one) => (one.sightings < COUNTS_FROM_SIGHTINGS ? least : Math.min(least, facesApart(one.place, place, view))),
        Number.POSITIVE_INFINITY,
      ),
    forget: () => {
      known = []
    },
  }
}
