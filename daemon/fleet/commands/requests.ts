/** What each command takes. Strict: a misspelt `dryRun` must not be taken for its absence. */
import { z } from 'zod'

/** What all have in common. */
const base = z.strictObject({
  transaction: z
    .string()
    .regex(/^[\w.:-]{1,64}$/)
    .describe(
      'chosen by the sender, a new one for each command: 1 to 64 letters, digits, . _ : -; the same one again gets the same answer',
    ),
  expires: z.iso.datetime({ offset: true }).describe('RFC 3339; not done after this, nor when it lies more than 24 h ahead'),
})

// Own: a look at a fault on the road takes minutes; a vehicle left at trace for days would wear its memory card.
const LONGEST_LOG_SECONDS = 3600

/** A value of a setting: sections are reached by their keys. */
const value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.union([z.string(), z.number(), z.boolean()])).max(100)])
const key = z.string().min(1).max(200)
const MOST_KEYS = 100

export const requests = {
  ping: base.describe('Asks whether the vehicle listens.'),
  verdict: base
    .extend({
      incident: z.uuidv7().describe('the `incident` of the events that are meant'),
      verdict: z.boolean().describe('true: rightly warned; false: a false alarm'),
    })
    .describe('Says whether an alarm was right; counted in the summaries.'),
  snapshot: base.describe(
    'Keeps one picture in the vehicle, and answers its id; it is not sent. Refused while evidence is off, as it is by default.',
  ),
  'self-test': base.describe('Sounds the buzzer and lights the light for a moment, and publishes an event of the rule self-test.'),
  'restart-vision': base.describe('Ends the vision process; it is started again at once.'),
  'send-outbox': base.describe('Sends at once what waits because the broker refused it before.'),
  'log-level': base
    .extend({
      level: z.enum(['error', 'warn', 'info', 'debug', 'trace']),
      seconds: z.int().min(10).max(LONGEST_LOG_SECONDS).default(600).describe('for how long; then the configured one holds again'),
    })
    .describe('Changes what is written to the log, for a while.'),
  'config/set': base
    .extend({
      set: z.record(key, value).default({}).describe('values by the path of their key, such as "log.level"'),
      unset: z.array(key).max(MOST_KEYS).default([]).describe('keys that get their defaults again'),
      dryRun: z.boolean().default(false).describe('true: only says what would change'),
      healthySeconds: z
        .int()
        .min(10)
        .max(300)
        .default(60)
        .describe('when it is not healthy within so long, the old configuration comes back'),
      ifConfigSha256: z.exactOptional(z.string().regex(/^[0-9a-f]{64}$/)).describe('only if this is the running configuration'),
    })
    .refine(({ set, unset }) => Object.keys(set).length <= MOST_KEYS && Object.keys(set).length + unset.length > 0, {
      error: `must change at least one key and at most ${MOST_KEYS}`,
    })
    .describe('Changes the configuration.'),
} as const

export type CommandName = keyof typeof requests

/** Every command, `config/set` among them. */
export const commandNames = [
  'ping',
  'verdict',
  'snapshot',
  'self-test',
  'restart-vision',
  'send-outbox',
  'log-level',
  'config/set',
] as const satisfies readonly CommandName[]

/** Done twice they do no harm: a repeat after a restart need not be known, and no disk is worn by a desk that asks every minute. */
export const repeatable: ReadonlySet<string> = new Set<CommandName>(['ping', 'send-outbox'])

/** They change nothing in the vehicle: done late they do no harm, where the clock cannot tell. */
export const harmless: ReadonlySet<string> = new Set<CommandName>(['ping', 'verdict', 'send-outbox'])

export type ConfigSet = z.infer<(typeof requests)['config/set']>
