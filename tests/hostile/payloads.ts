/** Payloads as a broken or hostile sender makes them. Half of them are near to what is right, since those go deepest. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { commandNames } from '../../daemon/fleet/commands/index.js'
import { samplesOf } from '../../scripts/schemas/samples.js'
import { ROOT } from '../fleet/examples.js'

const ids = readdirSync(join(ROOT, 'tests/fleet/samples/valid')).filter((id) => id.startsWith('command-') || id === 'config-set')

/** Right requests, and what the inputs take. */
const right: unknown[] = [
  ...ids.flatMap((id) => samplesOf(ROOT, 'valid', id).map(({ payload }) => payload)),
  ...[83.5, { speedKmh: 42 }, true, 'on', { ignition: 0 }, { latitude: 48.1, longitude: 11.5 }, '004711', { driver: 'A. Müller' }],
  { class: 'TPV', device: '/dev/ttyACM0', mode: 3, lat: 48.1, lon: 11.5 },
]

const nasty = fc.constantFrom<unknown>(
  ...['__proto__', 'constructor', '$where', '../../etc/passwd', '\u0000', '\ud800', '😀', '', 'a\nb: c', '{{7*7}}', '%s%n', '-1', '1e999'],
  ...[null, true, -0, 1e308, Number.MAX_SAFE_INTEGER, -1, 0.1, [], {}, [[[[[[]]]]]], { __proto__: null, toString: 1 }],
)

type Change = { value: unknown; at: number; how: 'replace' | 'add' | 'remove'; name: string }
const change: fc.Arbitrary<Change> = fc.record({
  value: fc.oneof(nasty, fc.jsonValue()),
  at: fc.nat(),
  how: fc.constantFrom('replace', 'add', 'remove'),
  name: fc.string(),
})

/** One value of it replaced, one added or one taken away. */
const changed = (sample: object, { value, at, how, name }: Change): object => {
  const entries = Object.entries(sample)
  const index = at % entries.length
  if (how === 'add') return Object.fromEntries([...entries, [name, value]])
  if (how === 'remove') return Object.fromEntries(entries.filter((_, n) => n !== index))
  return Object.fromEntries(entries.map(([key, old], n) => [key, n === index ? value : old]))
}

const nearly = fc
  .tuple(fc.constantFrom(...right), change)
  .map(([sample, one]) => JSON.stringify(typeof sample === 'object' && sample !== null ? changed(sample, one) : one.value))

/** A right one, cut off or with a byte changed. */
const damaged = fc.tuple(fc.constantFrom(...right), fc.nat(), fc.nat(255), fc.boolean()).map(([sample, at, byte, isCut]) => {
  const bytes = Buffer.from(JSON.stringify(sample))
  const index = at % bytes.length
  if (isCut) return bytes.subarray(0, index)
  bytes[index] = byte
  return bytes
})

const deep = fc
  .tuple(fc.constantFrom('[', '{"a":', '{"__proto__":'), fc.integer({ min: 1, max: 12_000 }))
  .map(([open, depth]) => open.repeat(depth).slice(0, 40_000))
const long = fc.integer({ min: 1, max: 40_000 }).map((length) => `{"transaction":"${'x'.repeat(length)}"}`)

export const hostilePayload: fc.Arbitrary<Buffer> = fc
  .oneof(
    { weight: 40, arbitrary: nearly },
    { weight: 20, arbitrary: damaged },
    { weight: 15, arbitrary: fc.json() },
    { weight: 15, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    { weight: 5, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
    { weight: 3, arbitrary: deep },
    { weight: 2, arbitrary: long },
  )
  .map((payload) => Buffer.from(payload))

/** A command's own request with at most one change, on its topic: what gets past the first look. A new transaction each, to be done before `expires`. */
export const nearRequest = (expires: string): fc.Arbitrary<[string, Buffer]> =>
  fc.tuple(fc.constantFrom(...ids), fc.nat(), fc.uuid(), fc.option(change, { freq: 1 })).map(([id, which, transaction, one]) => {
    const samples = samplesOf(ROOT, 'valid', id)
    const request = { ...Object(samples[which % samples.length]?.payload), transaction, expires }
    const ending = id === 'config-set' ? 'config/set' : id.replace('command-', 'command/')
    return [ending, Buffer.from(JSON.stringify(one === null ? request : changed(request, one)))]
  })

/** The end of a topic that is listened to, some of them of no command. */
export const listenedTopic: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...commandNames.map((name) => (name === 'config/set' ? name : `command/${name}`))) },
  {
    weight: 1,
    arbitrary: fc
      .string({ minLength: 1, maxLength: 100 })
      .filter((name) => !/[/+#\0]/.test(name))
      .map((name) => `command/${name}`),
  },
)
