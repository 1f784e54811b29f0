/** The heartbeat: how the daemon is, on `health`, never retained. */
import { z } from 'zod'
import { conditions } from '../../condition.js'
import { withheldReasons } from '../../judgement/withheld.js'
import { rfc3339, SCHEMA, share, simulated, timestamp } from './common.js'

export const visionStates = ['starting', 'running', 'restarting', 'stopped'] as const

/** Whether an input is there, and whether what it tells is known now. */
const known = z.enum(['none', 'known', 'unknown'])

const milliseconds = z.number().nonnegative()

/** What the judgement measures all the time; a figure that is withheld, for want of sight or of frames, is left out. */
const drowsiness = z.strictObject({
  perclos60: z.exactOptional(share).describe('share of seen time with eyes closed, over the last 60 s'),
  perclos180: z.exactOptional(share).describe('the same over the last 180 s'),
  blinksPerMinute: z.exactOptional(z.number().nonnegative()).describe('closures of 0.05–0.5 s in a minute of seen time'),
  blinkMs: z.exactOptional(milliseconds).describe('mean duration of a blink, of the last 180 s'),
  longBlinkShare: z.exactOptional(share).describe('share of the blinks of the last 180 s that were longer than 0.3 s'),
  closureMs: z.exactOptional(milliseconds).describe('mean duration of all closures of the last 180 s'),
  withheld: z.exactOptional(z.enum(withheldReasons)).describe('why the figures of the last minute are left out'),
  nods60: z.number().int().nonnegative().describe('how often the head fell forward within the last 60 s'),
  calibrating: z.boolean().describe("true until the driver's own open eyes are known"),
})

const snapshot = z.strictObject({
  fps: z.number().nonnegative().describe('frames judged a second'),
  latencyMs: z.number().nonnegative().describe('median time from frame to verdict'),
  temperatureCelsius: z.exactOptional(z.number()).describe('of the processor, where the board tells it'),
  memoryMb: z.number().nonnegative().describe('resident memory of both processes together'),
  coverage: share.describe('share of the last 60 s with the eyes seen'),
  drowsiness: z.exactOptional(drowsiness).describe('left out before the first frame was judged'),
  vision: z.enum(visionStates).describe('state of the vision process'),
  inputs: z
    .exactOptional(
      z.strictObject({ speed: known, button: known, ignition: known, position: z.exactOptional(known), driver: z.exactOptional(known) }),
    )
    .describe('what the vehicle tells: `none` is not asked for; without a known speed every rule is active'),
  evidence: z
    .exactOptional(z.enum(['on', 'paused']))
    .describe(
      'pictures around alarms are kept in the vehicle (paused: not while the machine is under strain); left out where they are not',
    ),
  conditions: z.exactOptional(z.array(z.enum(conditions))).describe('what stands wrong while it goes on; left out where nothing does'),
  uptimeSeconds: z.number().nonnegative(),
})

export const health = snapshot
  .extend({
    schema: z.literal(SCHEMA),
    vehicle: z.string().min(1),
    at: timestamp,
    outboxDepth: z.number().int().nonnegative().describe('events not yet acknowledged by the broker'),
    outboxDropped: z
      .number()
      .int()
      .nonnegative()
      .describe('events given up since the start: for want of room, for age, or because they could not be read from the disk'),
    simulated,
  })
  .describe('Heartbeat. QoS 0: one may be lost, the next one tells the same.')

export type Health = z.infer<typeof health>
/** What the daemon measured; the fleet adds the rest. */
export type HealthSnapshot = z.infer<typeof snapshot>

export type HealthFacts = { vehicle: string; wallMs: number; outboxDepth: number; outboxDropped: number; simulated: boolean }

/** Heartbeat of this moment. */
export const buildHealth = (measured: HealthSnapshot, facts: HealthFacts): Health => ({
  schema: SCHEMA,
  vehicle: facts.vehicle,
  at: rfc3339(facts.wallMs),
  ...measured,
  outboxDepth: facts.outboxDepth,
  outboxDropped: facts.outboxDropped,
  ...(facts.simulated ? { simulated: true as const } : {}),
})
