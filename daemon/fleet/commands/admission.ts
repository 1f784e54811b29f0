/** Whether a message is a command that may be done now. Pure. */
import { z } from 'zod'
import type { Incoming } from '../incoming.js'
import type { Refusal } from './codes.js'
import type { Commands, Ready } from './command.js'
import { type CommandName, commandNames, harmless, requests } from './requests.js'

export type Admission =
  | { kind: 'admitted'; command: CommandName; ready: Ready }
  | { kind: 'refused'; command: string; transaction: string | null; code: Refusal; message: string }
  /** Nothing to answer: an empty message is how a kept one is taken off a topic. */
  | { kind: 'silence' }

export type AdmissionFacts = {
  /** The topic of commands without their names, and that of settings. */
  commandPrefix: string
  configSet: string
  /** Commands that the configuration allows; `config/set` has its own locks. */
  allow: readonly string[]
  /** ms since 1970. */
  wallMs: number
  /** Whether that clock is known to be right. */
  isSynced: boolean
}

// The annotated default has 17 kB; what sets all of its keys is shorter.
export const LARGEST_BYTES = 32_768
// Own: who sends a command waits for its answer; a day covers time zones and clocks that are off.
const LONGEST_AHEAD_MS = 86_400_000
const LONGEST_NAME = 64
const LONGEST_MESSAGE = 300

const loose = z.looseObject({ transaction: requests.ping.shape.transaction })

const isCommand = (name: string): name is CommandName => commandNames.some((known) => known === name)

const nameOf = (topic: string, { commandPrefix, configSet }: AdmissionFacts): string =>
  topic === configSet ? 'config/set' : topic.startsWith(commandPrefix) ? topic.slice(commandPrefix.length) : topic

const parsed = (payload: Buffer): { value: unknown } | null => {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) }
  } catch {
    // no UTF-8 or no JSON: the answer says so
    return null
  }
}

/** In one line, and short: some of it is the sender's own words. */
const brief = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').slice(0, LONGEST_MESSAGE)

/** Total: whatever comes in, a decision comes out. */
export const admission = (incoming: Incoming, commands: Commands, facts: AdmissionFacts): Admission => {
  const { payload } = incoming
  const name = nameOf(incoming.topic, facts).slice(0, LONGEST_NAME)
  if (payload.length === 0) return { kind: 'silence' }
  const refuse = (code: Refusal, message: string, transaction: string | null = null): Admission => ({
    kind: 'refused',
    command: name,
    transaction,
    code,
    message,
  })
  if (payload.length > LARGEST_BYTES) return refuse('too-large', `The message has ${payload.length} bytes, and may have ${LARGEST_BYTES}.`)
  const json = parsed(payload)
  const transaction = json === null ? null : (loose.safeParse(json.value).data?.transaction ?? null)
  if (incoming.retained) {
    return refuse(
      'retained',
      'The broker kept this message: publish commands without retain, and clear the topic with an empty one.',
      transaction,
    )
  }
  if (!isCommand(name))
    return refuse('unknown-command', `There is no command of this name; there are ${commandNames.join(', ')}.`, transaction)
  if (name !== 'config/set' && !facts.allow.includes(name)) {
    return refuse('not-allowed', `fleet.commands.allow of this vehicle does not name ${name}.`, transaction)
  }
  if (json === null) return refuse('not-json', 'The message is not JSON in UTF-8.')
  const read = commands[name].read(json.value)
  if ('fault' in read) return refuse('bad-request', brief(read.fault), transaction)
  const aheadMs = Date.parse(read.ready.expires) - facts.wallMs
  const late = `expired ${Math.ceil(-aheadMs / 1000)} s ago`
  if (facts.isSynced) {
    if (aheadMs < 0) return refuse('expired', `It ${late}.`, transaction)
    if (aheadMs > LONGEST_AHEAD_MS) return refuse('expires-too-late', 'It expires more than 24 h from now.', transaction)
  } else if (aheadMs < 0 && !harmless.has(name)) {
    // A board without a battery clock is behind: what is late by its clock is late indeed. How far ahead it is, that clock cannot say.
    const why = `By this vehicle's clock, which is not known to be right, it ${late}: send it again with a later expiry.`
    return refuse('clock-unsynchronised', why, transaction)
  }
  return { kind: 'admitted', command: name, ready: read.ready }
}
