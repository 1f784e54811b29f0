/** The configuration in force: retained on `config`, published on every connect. */
import { z } from 'zod'
import { rfc3339, SCHEMA, simulated, timestamp } from './common.js'

const facts = z.strictObject({
  vehicle: z.string().min(1),
  configSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('as in `birth`'),
  file: z.string().nullable().describe('the file it was read from; null: the built-in configuration'),
  locked: z.array(z.string()).describe('keys, and sections with all of theirs, that cannot be changed from afar'),
  config: z.record(z.string(), z.unknown()).describe('every key, as docs/configuration.md has them; secrets are names of files'),
})

export const runningConfig = facts
  .extend({ schema: z.literal(SCHEMA), at: timestamp, simulated })
  .describe('The configuration in force. Retained.')

/** What the composition root knows at start. */
export type ConfigFacts = z.infer<typeof facts>

/** The configuration as published at this moment. */
export const buildConfig = (known: ConfigFacts, wallMs: number, isSimulated = false): z.infer<typeof runningConfig> => ({
  schema: SCHEMA,
  at: rfc3339(wallMs),
  ...known,
  ...(isSimulated ? { simulated: true as const } : {}),
})
