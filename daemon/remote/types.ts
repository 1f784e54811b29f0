/** A change of the configuration from afar: tried, proven or taken back. */
import { z } from 'zod'
import { answer } from '../fleet/payloads/result.js'

/** Whom the answer is for. */
const asked = { transaction: z.string(), fingerprint: z.string() }

/** A new configuration is in force and has not proven itself yet. */
export const trial = z.strictObject({
  state: z.literal('trial'),
  ...asked,
  /** The file as it was: the last good one. */
  oldText: z.string(),
  /** Of the file as it is now; another one was edited by hand meanwhile, and stays. */
  newSha256: z.string(),
  healthySeconds: z.number(),
  /** Whether the eyes were seen by a running camera before: what was not well need not become so. */
  needsVision: z.boolean(),
  /** What is answered when it has proven itself. */
  success: answer,
})

export type Trial = z.infer<typeof trial>

/** The outcome stands, and the fleet has not heard of it yet. */
export const owed = z.strictObject({ state: z.literal('owed'), ...asked, answer })

export type Owed = z.infer<typeof owed>

export const marker = z.discriminatedUnion('state', [trial, owed])
