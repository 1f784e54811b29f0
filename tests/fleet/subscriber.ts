/** Debian's mosquitto_sub as the fleet's side: what arrives at the broker, seen by a program that is not ours. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const line = z.object({
  topic: z.string(),
  qos: z.number(),
  retain: z.number(),
  /** What MQTT 5 tells beside the payload; empty where it tells nothing. */
  contentType: z.string(),
  expirySeconds: z.string(),
  userProperties: z.string(),
  payload: z.record(z.string(), z.unknown()),
})
export type Received = z.infer<typeof line>

export interface Subscriber {
  /** All so far, in order of arrival. */
  readonly received: readonly Received[]
  /** Waits until as many have arrived on topics that end so; gives them. */
  on(ending: string, count?: number, withinMs?: number): Promise<Received[]>
  stop(): Promise<void>
}

/** Subscribes to everything of every fleet, by MQTT 5, and resolves once the broker has confirmed it. */
export const subscribe = async (port: number, parameters: readonly string[] = []): Promise<Subscriber> => {
  const received: Received[] = []
  const format = '{"topic":"%t","qos":%q,"retain":%r,"contentType":"%C","expirySeconds":"%E","userProperties":"%P","payload":%p}'
  // It writes to a pipe by the block; stdbuf (coreutils) makes that by the line.
  const child = spawn('stdbuf', [
    '-oL',
    'mosquitto_sub',
    '-h',
    'localhost',
    '-p',
    String(port),
    '-V',
    '5',
    '-q',
    '1',
    '-t',
    'kantuk/#',
    '-d',
    '-F',
    format,
    ...parameters,
  ])
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk
  })
  const subscribed = new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`mosquitto_sub ended with ${code}: ${errors}`)))
    createInterface({ input: child.stdout }).on('line', (text) => {
      if (text.startsWith('Subscribed')) resolve()
      // Its chatter (-d) stands between the messages.
      if (text.startsWith('{')) received.push(line.parse(JSON.parse(text)))
    })
  })
  await subscribed
  const on: Subscriber['on'] = async (ending, count = 1, withinMs = 5_000) => {
    for (const until = Date.now() + withinMs; Date.now() < until; await sleep(10)) {
      const matching = received.filter(({ topic }) => topic.endsWith(`/${ending}`))
      if (matching.length >= count) return matching
    }
    throw new Error(`Not ${count} on ${ending} within ${withinMs} ms, but: ${JSON.stringify(received)} ${errors}`)
  }
  return {
    received,
    on,
    stop: async () => {
      // Told to end, it says so in its chatter from within the signal's handler; in the midst of a line of chatter it then waits for itself, for ever.
      // @see https://github.com/eclipse-mosquitto/mosquitto/issues/3175
      child.kill('SIGKILL')
      await ended
    },
  }
}
