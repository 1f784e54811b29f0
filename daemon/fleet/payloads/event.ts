/** The event: what a vehicle tells on `alert`. Pure: ids, times and ordinals are given. */
import { z } from 'zod'
import { type Decision, rules } from '../../judgement/decision.js'
import { rfc3339, SCHEMA, share, simulated, timestamp } from './common.js'

const context = z.strictObject({
  position: z.exactOptional(z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })),
  speedKmh: z.exactOptional(z.number().nonnegative()),
  driver: z.exactOptional(z.string().min(1)),
})

const figure = z.union([z.number(), z.string()])

export const event = z
  .strictObject({
    id: z.uuidv7().describe('UUIDv7; an event that arrives twice has the same id twice'),
    schema: z.literal(SCHEMA),
    seq: z
      .number()
      .int()
      .positive()
      .describe('ordinal of the event in this vehicle; goes on after a restart, from 1 again with a new outbox'),
    vehicle: z.string().min(1),
    rule: z.enum(rules),
    level: z.number().int().min(0).max(4).describe('0 clear, 1 notice, 2 warn, 3 alarm, 4 emergency'),
    at: timestamp.describe('when it was decided, by the wall clock: see clock.synced'),
    clock: z.strictObject({
      synced: z.boolean().describe('whether the wall clock is known to be right'),
      monotonicMs: z.number().describe('when it was decided, ms on a clock that never jumps; it starts with the boot'),
      bootId: z.string().min(1).describe('which boot monotonicMs counts from'),
    }),
    phase: z.enum(['raised', 'escalated', 'ended']),
    incident: z.uuidv7().describe('one id an episode, in all its events'),
    evidence: z
      .union([z.object({ startedAt: timestamp }).catchall(figure), z.object({ startedSeconds: z.number() }).catchall(figure)])
      .describe('when the episode began (startedAt; startedSeconds in a recording) and the numbers that made the rule fire'),
    confidence: share,
    coverage: share.describe('share of the last 60 s with the eyes seen'),
    policy: z.string().min(1).describe('version of the policy that judged'),
    context: z.exactOptional(context).describe('left out when unknown'),
    quiet: z.exactOptional(z.literal(true)).describe('present when nothing sounded'),
    simulated,
    historical: z.boolean().describe('true when it was sent more than 10 s after it happened'),
  })
  .describe('What was judged about the driver. Each rise of level is one event; one `ended` follows.')

export type Event = z.infer<typeof event>
export type Context = z.infer<typeof context>

/** When an episode began: a time of day, or seconds in a recording. */
export type Start = { startedAt: string } | { startedSeconds: number }

/** Kept with an event in the outbox and not sent: when its incident began, and whether the time of day was known to be right then. */
export const begun = z.object({ monotonicMs: z.number(), synced: z.boolean() })

export type Begun = z.infer<typeof begun>

/** All an event needs beside the decision. */
export type EventFacts = {
  id: string
  incident: string
  seq: number
  vehicle: string
  /** Wall clock at the decision, ms since 1970. */
  wallMs: number
  synced: boolean
  bootId: string
  /** When the episode began: the same in all its events. */
  start: Start
  simulated: boolean
  context?: Context | undefined
}

// JSON has no NaN and no infinity; one bad number must not make the whole event invalid.
const finite = (evidence: Decision['evidence']): Record<string, number | string> =>
  Object.fromEntries(Object.entries(evidence).filter(([, value]) => typeof value === 'string' || Number.isFinite(value)))

const within = (value: number): number => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0)

// A nanosecond clock in floating point leaves digits that mean nothing.
const toMilli = (ms: number): number => (Number.isFinite(ms) ? Math.round(ms) : 0)

/**
 * The start of the episode that a decision opens. To be asked once an episode: wall clock and monotonic clock drift apart by some ms.
 * @param wallMs wall clock at the decision, ms since 1970
 * @param recording true: seconds in the recording instead of a time of day
 */
export const startOf = (decision: Decision, wallMs: number, recording: boolean): Start =>
  recording ? { startedSeconds: toMilli(decision.startedMs) / 1000 } : { startedAt: rfc3339(wallMs - (decision.atMs - decision.startedMs)) }

/** The same by the clock that does not jump. @param synced whether the wall clock is known to be right at the decision */
export const begunAt = (decision: Decision, synced: boolean): Begun => ({ monotonicMs: toMilli(decision.startedMs), synced })

/** The event of a decision. Total: whatever numbers come in, an event comes out that keeps its schema. */
export const buildEvent = (decision: Decision, facts: EventFacts): Event => ({
  id: facts.id,
  schema: SCHEMA,
  seq: facts.seq,
  vehicle: facts.vehicle,
  rule: decision.rule,
  level: decision.level,
  at: rfc3339(facts.wallMs),
  clock: { synced: facts.synced, monotonicMs: toMilli(decision.atMs), bootId: facts.bootId },
  phase: decision.phase,
  incident: facts.incident,
  evidence: { ...finite(decision.evidence), ...facts.start },
  confidence: within(decision.confidence),
  coverage: within(decision.coverage),
  policy: decision.policy,
  ...(facts.context === undefined ? {} : { context: facts.context }),
  ...(decision.quiet ? { quiet: true as const } : {}),
  ...(facts.simulated ? { simulated: true as const } : {}),
  historical: false,
})
