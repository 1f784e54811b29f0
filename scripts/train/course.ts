/**
 * The courses of a training run: parts of it, each with its own draws, disturbances and rate. An epoch is a pass over the job's MRL crops, with
 * what is drawn beside them.
 */
import { AUGMENTATION, type Augmentation, GENTLE, MILD } from './augment.js'
import type { Label } from './data/footage.js'

/** Of all draws, by source and label; scaled so that they sum to 1. */
export type Shares = {
  mrl: { closed: number; open: number }
  cew?: { closed: number; open: number }
  drawn?: { closed: number; open: number }
  footage?: Readonly<Record<Label, number>>
  spoiled: { none: number }
}

export type Course = {
  epochs: number
  shares: Shares
  /** How patches are disturbed at first, and in the last share of the steps. */
  disturbed: { first: Augmentation; last: Augmentation; lastShare: number }
  /** Steps in which only the new head learns. */
  headSteps: number
  /** Steps over which the rate rises to its peak. */
  warmSteps: number
  peak: number
}

/** From the ImageNet weights on. */
export const FIRST: Course = {
  epochs: 5,
  shares: {
    mrl: { closed: 0.33, open: 0.33 },
    cew: { closed: 0.05, open: 0.05 },
    footage: { closed: 0.05, open: 0.07, none: 0.1 },
    spoiled: { none: 0.1 },
  },
  disturbed: { first: AUGMENTATION, last: MILD, lastShare: 0.4 },
  headSteps: 40,
  warmSteps: 80,
  peak: 1.5e-3,
}

/**
 * What a run without CEW ends with: eyes drawn by numbers in its stead, all disturbed as heavily as at first. At a low rate and not for long: had they been
 * there from the start, the network would know them for drawings, and learn nothing from them about people. Measured: the model card.
 */
export const WITHOUT_CEW: Course = {
  epochs: 1.7,
  shares: {
    mrl: { closed: 0.24, open: 0.24 },
    drawn: { closed: 0.06, open: 0.06 },
    footage: { closed: 0.04, open: 0.06, none: 0.12 },
    spoiled: { none: 0.08 },
  },
  disturbed: { first: AUGMENTATION, last: AUGMENTATION, lastShare: 0 },
  headSteps: 0,
  warmSteps: 40,
  peak: 3e-4,
}

/** With everybody added, from where the held-out run ended. */
export const EVERYBODY: Course = { ...FIRST, epochs: 5, headSteps: 0, peak: 1e-3 }

/** The study trained on MRL's crops alone, and knew those it was tested on. */
export const STUDY: Course = {
  ...FIRST,
  epochs: 8,
  shares: { mrl: { closed: 0.45, open: 0.45 }, spoiled: { none: 0.1 } },
  disturbed: { first: GENTLE, last: GENTLE, lastShare: 0 },
}

/** Steps of one pass over so many MRL crops, the other sources drawn beside them. */
export const stepsPerEpoch = ({ mrl }: Shares, crops: number, batch: number): number => Math.ceil(crops / (mrl.closed + mrl.open) / batch)

const stepsOf = ({ epochs, shares }: Course, crops: number, batch: number): number =>
  Math.ceil(epochs * stepsPerEpoch(shares, crops, batch))

/** A course with its place in the run: its first step, the first of its last part, and the step after its end. */
export type Leg = { course: Course; from: number; lastFrom: number; until: number; epochSteps: number }

/** The courses one after another, for a job with so many MRL crops. */
export const legsOf = (courses: readonly Course[], crops: number, batch: number): Leg[] => {
  let from = 0
  return courses.map((course) => {
    const steps = stepsOf(course, crops, batch)
    const leg = {
      course,
      from,
      lastFrom: from + Math.round(steps * (1 - course.disturbed.lastShare)),
      until: from + steps,
      epochSteps: stepsPerEpoch(course.shares, crops, batch),
    }
    from += steps
    return leg
  })
}

/** The leg in which a step lies; the last one's from its end on. Throws when there is none. */
export const legAt = (legs: readonly Leg[], step: number): Leg => {
  const leg = legs.find(({ until }) => step < until) ?? legs.at(-1)
  if (leg === undefined) throw new Error('a job needs a course')
  return leg
}
