/** When the power goes: seeded, so that a run can be had again. Pure. */
import { seeded } from '../train/random.js'

/** `early`: so long after power-on, before the service watches. `drive`: so long after it watches, which may be in the middle of an event. */
export type Cut = { kind: 'early' | 'drive'; seconds: number; isRoadOpen: boolean }

// Own: one in four; what an early cut can spoil is the file system's and the outbox's repair after the cut before.
const EARLY_EVERY = 4
// The story's alarm lasts from its 8th to its 13th second of 16 (scripts/demo/face/story.ts).
const STORY_SECONDS = 16

/**
 * @param bootSeconds from power-on until the service watches, by the box's clock
 * @returns one a cut; the first with the road closed, so that there is something to lose
 */
export const planCuts = (count: number, seed: number, bootSeconds: number): Cut[] => {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, n) => {
    const isEarly = n % EARLY_EVERY === EARLY_EVERY - 1
    const seconds = isEarly ? random.between(0, bootSeconds) : random.between(0.5, STORY_SECONDS + 4)
    const isRoadOpen = random.chance(0.5) && n > 0
    return { kind: isEarly ? 'early' : 'drive', seconds, isRoadOpen }
  })
}
