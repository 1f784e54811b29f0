/** The answer to a command, on `result`. */
import { z } from 'zod'
import { refusals } from '../commands/codes.js'
import { rfc3339, SCHEMA, simulated, timestamp } from './common.js'

const finding = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  path: z.string(),
  message: z.string(),
})

const head = {
  schema: z.literal(SCHEMA),
  vehicle: z.string().min(1),
  command: z.string().describe('the end of the topic: `ping`, `config/set`'),
  transaction: z.string().nullable().describe('that of the command; null where none could be read'),
  at: timestamp,
  clockSynced: z.boolean().describe('false: the clock is not known to be right, and `expires` could only be judged by that clock'),
  again: z
    .exactOptional(z.literal(true))
    .describe('present when the transaction had been answered before: the same answer, nothing was done'),
  simulated,
}

const done = {
  ok: z.literal(true),
  data: z.exactOptional(z.record(z.string(), z.unknown())).describe('what the command has to tell'),
}

const refused = {
  ok: z.literal(false),
  error: z.strictObject({
    code: z.enum(refusals),
    message: z.string().describe('for people; the wording is not fixed'),
    findings: z
      .exactOptional(z.array(finding))
      .describe('of config/set: what check-config finds, with line and column of the file as it would be'),
  }),
}

export const result = z
  .discriminatedUnion('ok', [z.strictObject({ ...head, ...done }), z.strictObject({ ...head, ...refused })])
  .describe('The answer to a command. QoS 1.')

export type Result = z.infer<typeof result>

/** What came of a command, before it is addressed. */
export const answer = z.discriminatedUnion('ok', [z.strictObject(done), z.strictObject(refused)])

export type Answer = z.infer<typeof answer>

export type ResultFacts = {
  vehicle: string
  command: string
  transaction: string | null
  wallMs: number
  clockSynced: boolean
  again: boolean
  simulated: boolean
}

/** The answer as published. */
export const buildResult = (answer: Answer, facts: ResultFacts): Result => ({
  schema: SCHEMA,
  vehicle: facts.vehicle,
  command: facts.command,
  transaction: facts.transaction,
  at: rfc3339(facts.wallMs),
  clockSynced: facts.clockSynced,
  ...answer,
  ...(facts.again ? { again: true as const } : {}),
  ...(facts.simulated ? { simulated: true as const } : {}),
})
