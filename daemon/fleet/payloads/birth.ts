/** What the vehicle carries: retained on `birth`, published on every connect. */
import { z } from 'zod'
import { rules } from '../../judgement/decision.js'
import { rfc3339, SCHEMA, simulated, timestamp } from './common.js'

// A hash is lower-case hex; the length is SHA-256's.
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const facts = z.strictObject({
  vehicle: z.string().min(1),
  versions: z.record(z.string(), z.string().min(1)).describe('of the daemon (`kantukd`), Node (`node`) and what else is known, by name'),
  policy: z.string().min(1).describe('version of the policy that judges'),
  model: z.strictObject({ name: z.string().min(1), sha256 }).describe('the network that tells open from closed'),
  hardware: z.strictObject({
    machine: z.string().min(1).describe('the board by its own name, else the processor'),
    arch: z.string().min(1),
    cores: z.number().int().positive(),
    memoryMb: z.number().positive(),
    os: z.string().min(1),
  }),
  capabilities: z.strictObject({
    rules: z.array(z.enum(rules)).describe('rules that can fire in this version'),
    camera: z.string().min(1),
    classifier: z.string().min(1),
    alarm: z.string().min(1),
    inputs: z
      .exactOptional(z.strictObject({ speed: z.string().min(1), button: z.string().min(1), ignition: z.string().min(1) }))
      .describe('where the vehicle tells its speed, the acknowledge button and the ignition; `none`: not at all'),
  }),
  configSha256: sha256.describe('of the configuration in force'),
})

export const birth = facts
  .extend({ schema: z.literal(SCHEMA), at: timestamp, simulated })
  .describe('Versions, model, hardware, capabilities and configuration of a vehicle. Retained.')

export type Birth = z.infer<typeof birth>
/** What the composition root knows at start. */
export type BirthFacts = z.infer<typeof facts>

/** Birth as published at this moment. */
export const buildBirth = (known: BirthFacts, wallMs: number, isSimulated = false): Birth => ({
  schema: SCHEMA,
  at: rfc3339(wallMs),
  ...known,
  ...(isSimulated ? { simulated: true as const } : {}),
})
