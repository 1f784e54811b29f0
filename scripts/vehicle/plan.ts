/** When the power goes: seeded, so that a run can be had again. Pure. */
import { seeded } from '../train/random.js'

/**
 * `early`: so long after power-on, before the service watches. `start`: so long after the service's own first line, when it opens its state,
 * its lines and its camera, before it watches. `drive`: so long after it watches, which may be in the middle of an event.
 */
export type Cut = { kind: Kind; seconds: number; isRoadOpen: boolean }
export type Kind = (typeof kinds)[number]

export const kinds = ['early', 'start', 'drive'] as const
// Own: half within the drive, where there is most to lose; the others spoil what is repaired and opened after the cut before.
const turn = ['drive', 'start', 'drive', 'early'] as const
// The story's alarm lasts from its 8th to its 13th second of 16 (scripts/demo/face/story.ts).
const STORY_SECONDS = 16

/** Seconds after power-on, by the box's clock: the service says its first line, and it watches. */
export type Boot = { startSeconds: number; bootSeconds: number }

/**
 * @param only the one kind that all are of; undefined: in turn
 * @returns one a cut; the first with the road closed, so that there is something to lose
 */
export const planCuts = (count: number, seed: number, { startSeconds, bootSeconds }: Boot, only?: Kind): Cut[] => {
  const random = seeded(seed)
  const spans = { early: [0, bootSeconds], start: [0, bootSeconds - startSeconds], drive: [0.5, STORY_SECONDS + 4] } as const
  return Array.from({ length: count }, (_, n) => {
    const kind = only ?? turn[n % turn.length] ?? 'drive'
    const [from, to] = spans[kind]
    const seconds = random.between(from, to)
    const isRoadOpen = random.chance(0.5) && n > 0
    return { kind, seconds, isRoadOpen }
  })
}
