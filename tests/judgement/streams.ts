/** Random drives for the properties: stretches of a second or so, sampled at any rate. */
import fc from 'fast-check'
import type { Inputs } from '../../daemon/judgement/rule.js'
import type { Observation, Reason } from '../../daemon/observation.js'
import { type Look, observationOf } from '../../scripts/scenarios/look.js'
import { seeded } from '../../scripts/train/random.js'

export type Stretch = { ms: number; look: Look; speedKmh: number | null; press: boolean }
export type Fed = { observation: Observation; inputs: Inputs }

export const OPEN: Look = { left: 0.05, right: 0.05, reason: 'no-face', face: true, yaw: 0, pitch: 0 }
export const CLOSED: Look = { ...OPEN, left: 0.97, right: 0.97 }
/** Turned to the right, the right eye out of sight. */
export const ASIDE: Look = { ...OPEN, right: null, reason: 'turned-away', yaw: -50 }
export const lost = (reason: Reason): Look => ({ ...OPEN, left: null, right: null, reason, face: false })

export const stretchOf = (look: Look, ms: number): Stretch => ({ ms, look, speedKmh: null, press: false })

const probability = fc.oneof(fc.constantFrom(0.02, 0.97, 0.5), fc.double({ min: 0, max: 1, noNaN: true }))
const reason = fc.constantFrom<Reason>('no-face', 'turned-away', 'too-dark', 'covered', 'dark-glasses', 'blurred', 'no-camera')
const anyLook: fc.Arbitrary<Look> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(OPEN, CLOSED) },
  { weight: 2, arbitrary: reason.map(lost) },
  {
    weight: 3,
    arbitrary: fc.record<Look>({
      left: fc.option(probability),
      right: fc.option(probability),
      reason,
      face: fc.constant(true),
      yaw: fc.integer({ min: -70, max: 70 }),
      pitch: fc.integer({ min: -35, max: 25 }),
    }),
  },
)

/** Anything that may happen on the road, and much that does not. */
export const anyStretch: fc.Arbitrary<Stretch> = fc.record({
  ms: fc.oneof(
    { weight: 10, arbitrary: fc.integer({ min: 30, max: 1500 }) },
    { weight: 10, arbitrary: fc.integer({ min: 1000, max: 12_000 }) },
    // Long enough for a driver change, and for the end of what is held unseen.
    { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 130_000 }) },
  ),
  look: anyLook,
  speedKmh: fc.option(fc.integer({ min: 0, max: 130 })),
  press: fc.boolean(),
})
export const anyDrive = fc.array(anyStretch, { minLength: 1, maxLength: 20 })

/** Glimpses of closed eyes between moments without sight: near what is bridged, and near the share that must be seen. */
export const glimpses: fc.Arbitrary<Stretch[]> = fc
  .array(
    fc
      .tuple(fc.integer({ min: 40, max: 450 }), fc.integer({ min: 40, max: 320 }))
      .map(([closedMs, unseenMs]) => [stretchOf(CLOSED, closedMs), stretchOf(lost('blurred'), unseenMs)]),
    { minLength: 4, maxLength: 25 },
  )
  .map((pairs) => pairs.flat())

/** Observations at `fps`, from `startMs` on; noise by `seed`, none when null. */
export function fedOf(stretches: readonly Stretch[], fps: number, seed: number | null, startMs = 0): Fed[] {
  const random = seed === null ? null : seeded(seed)
  const fed: Fed[] = []
  let fromMs = 0
  for (const { ms, look, speedKmh, press } of stretches) {
    const before = fed.length
    for (let frame = fed.length; (frame * 1000) / fps < fromMs + ms - 1e-6; frame++) {
      const inputs = { speedKmh, acknowledged: press && fed.length === before }
      fed.push({ observation: observationOf(look, startMs + (frame * 1000) / fps, frame, random), inputs })
    }
    fromMs += ms
  }
  return fed
}
