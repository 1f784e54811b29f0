/** Whether the daemon is there: retained on `status`. */
import { z } from 'zod'
import { rfc3339, SCHEMA, simulated, timestamp } from './common.js'

export const status = z
  .discriminatedUnion('status', [
    z.strictObject({ schema: z.literal(SCHEMA), status: z.literal('online'), at: timestamp, simulated }),
    z.strictObject({
      schema: z.literal(SCHEMA),
      status: z.literal('offline'),
      cause: z.enum(['stopped', 'lost']).describe('stopped: the daemon said good-bye; lost: the broker says it for the daemon (last will)'),
      at: z.exactOptional(timestamp).describe('only when stopped: the last will is laid down beforehand and knows no time'),
      simulated,
    }),
  ])
  .describe('Whether the daemon is connected. `offline` with cause `lost` is the last will.')

export type Status = z.infer<typeof status>

const mark = (isSimulated: boolean): { simulated?: true } => (isSimulated ? { simulated: true } : {})

/** Said on every connect. */
export const online = (wallMs: number, isSimulated = false): Status => ({
  schema: SCHEMA,
  status: 'online',
  at: rfc3339(wallMs),
  ...mark(isSimulated),
})

/** Said on a clean stop. */
export const offline = (wallMs: number, isSimulated = false): Status => ({
  schema: SCHEMA,
  status: 'offline',
  cause: 'stopped',
  at: rfc3339(wallMs),
  ...mark(isSimulated),
})

/** The last will: the same bytes on every connect, since the broker keeps it and sends it when the daemon cannot. */
export const lastWill = (isSimulated = false): string =>
  JSON.stringify({ schema: SCHEMA, status: 'offline', cause: 'lost', ...mark(isSimulated) })
