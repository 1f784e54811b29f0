/** What a command asks the running service, and what it answers: one JSON object a line over a unix socket, parsed at both ends. */
import { z } from 'zod'

/** What goes wrong on the way itself: this user may not ask; the service hangs, or is of another version; it does not know the wish. */
export const controlCodes = ['not-allowed', 'no-answer', 'bad-wish'] as const
export type ControlCode = (typeof controlCodes)[number]

/** command → service. */
export const wish = z.discriminatedUnion('ask', [
  /** Open the aim page, or let one more browser in. */
  z.strictObject({ ask: z.literal('aim') }),
  /** Close it. */
  z.strictObject({ ask: z.literal('aim-end') }),
  /** Buzzer and light for a moment, and an event that says so. */
  z.strictObject({ ask: z.literal('self-test') }),
])

const opened = z.object({ urls: z.array(z.string()), code: z.string(), codeSeconds: z.number(), seconds: z.number() })

/** service → command. */
export const reply = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('opened'), opened }),
  z.object({ answer: z.literal('done') }),
  /** `event`: its id. `fault`: why the output refused, or null. `watching`: frames come. `connected`: the broker is there; else the event waits. */
  z.object({
    answer: z.literal('tested'),
    event: z.string(),
    output: z.string(),
    fault: z.string().nullable(),
    watching: z.boolean(),
    connected: z.boolean(),
  }),
  /** A sentence that says what is wrong and what to do. */
  z.object({ answer: z.literal('refused'), code: z.string(), message: z.string() }),
])

export type Wish = z.infer<typeof wish>
export type Reply = z.infer<typeof reply>
