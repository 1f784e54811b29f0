import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { buildBirth } from '../../daemon/fleet/payloads/birth.js'
import { buildConfig } from '../../daemon/fleet/payloads/config.js'
import { buildEvent, startOf } from '../../daemon/fleet/payloads/event.js'
import { buildHealth } from '../../daemon/fleet/payloads/health.js'
import { buildResult } from '../../daemon/fleet/payloads/result.js'
import { lastWill, offline, online } from '../../daemon/fleet/payloads/status.js'
import { jsonSchemas } from '../../scripts/schemas/json-schemas.js'
import { messages } from '../../scripts/schemas/messages.js'
import { samplesOf } from '../../scripts/schemas/samples.js'
import { decision, eventFacts, knownOfTheVehicle, measured, ROOT } from './examples.js'

// The formats' patterns stand in the schemas themselves, so a validator that knows no formats judges alike.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { uuid: true, date: true, 'date-time': true } })
const validators = new Map([...jsonSchemas()].map(([topic, schema]) => [topic, ajv.compile(schema)]))

const verdicts = (id: string, payload: unknown) => ({
  jsonSchema: validators.get(id)?.(payload),
  zod: messages.find((message) => message.id === id)?.schema.safeParse(payload).success,
})

describe.each(messages.map(({ id }) => id))('a payload of %s', (topic) => {
  it.each(samplesOf(ROOT, 'valid', topic))('is accepted: $name', ({ payload }) => {
    expect(verdicts(topic, payload)).toEqual({ jsonSchema: true, zod: true })
  })

  it.each(samplesOf(ROOT, 'invalid', topic))('is turned down: $name', ({ payload }) => {
    expect(verdicts(topic, payload)).toEqual({ jsonSchema: false, zod: false })
  })
})

describe('a payload of a newer vehicle', () => {
  it.each(['alert', 'status'].flatMap((topic) => samplesOf(ROOT, 'newer', topic).map((sample) => ({ topic, ...sample }))))(
    'passes the schema of today, though no vehicle of today sends it: $topic, $name',
    ({ topic, payload }) => {
      expect(verdicts(topic, payload)).toEqual({ jsonSchema: true, zod: false })
    },
  )

  it.each(messages.filter(({ action }) => action === 'send').map(({ id }) => id))('passes with one field more: %s', (topic) => {
    for (const { payload } of samplesOf(ROOT, 'valid', topic)) expect(validators.get(topic)?.({ ...Object(payload), more: 1 })).toBe(true)
  })
})

// Whoever takes one of these away, or renames it, raises `schema`: consumers rely on them.
const promised = {
  alert: 'id schema seq vehicle rule level at clock phase incident evidence confidence coverage policy historical',
  birth: 'vehicle versions policy model hardware capabilities configSha256 schema at',
  config: 'vehicle configSha256 file locked config schema at',
  day: 'id schema vehicle startedAt endedAt clockSynced drivingSeconds closures incidents verdicts date trips',
  health: 'fps latencyMs memoryMb coverage vision uptimeSeconds schema vehicle at outboxDepth outboxDropped',
  trip: 'id schema vehicle startedAt endedAt clockSynced drivingSeconds closures incidents verdicts',
}

describe('schema 1', () => {
  it.each(Object.entries(promised))('still has every field that it promised: %s', (topic, fields) => {
    expect(jsonSchemas().get(topic)?.required).toEqual(expect.arrayContaining(fields.split(' ')))
  })
})

describe('what the builders make', () => {
  it('keeps its schema', () => {
    expect(verdicts('alert', buildEvent(decision(), eventFacts()))).toEqual({ jsonSchema: true, zod: true })
    expect(verdicts('birth', buildBirth(knownOfTheVehicle, 0, true))).toEqual({ jsonSchema: true, zod: true })
    expect(
      verdicts('health', buildHealth(measured, { vehicle: 'bus-12', wallMs: 0, outboxDepth: 1, outboxDropped: 0, simulated: true })),
    ).toEqual({
      jsonSchema: true,
      zod: true,
    })
    for (const status of [online(0), online(0, true), offline(0), JSON.parse(lastWill()), JSON.parse(lastWill(true))]) {
      expect(verdicts('status', status)).toEqual({ jsonSchema: true, zod: true })
    }
  })

  it('keeps its schema even with numbers that are none and times that are none', () => {
    const odd = decision({
      evidence: { closedMs: Number.NaN, seenShare: 1 },
      confidence: 1.2,
      coverage: Number.NaN,
      atMs: Number.POSITIVE_INFINITY,
    })
    const event = JSON.parse(JSON.stringify(buildEvent(odd, eventFacts({ wallMs: Number.NaN }))))
    expect(verdicts('alert', event)).toEqual({ jsonSchema: true, zod: true })
    expect(event).toMatchObject({ confidence: 1, coverage: 0, at: '1970-01-01T00:00:00.000Z', evidence: { seenShare: 1 } })
    expect(event.evidence).not.toHaveProperty('closedMs')
  })

  it('tells the start as a time of day in a vehicle and as seconds in a recording', () => {
    const began = decision({ startedMs: 11_367, atMs: 12_400 })
    const wallMs = Date.parse('2026-11-24T21:04:05.678Z')
    expect(startOf(began, wallMs, false)).toEqual({ startedAt: '2026-11-24T21:04:04.645Z' })
    expect(startOf(began, wallMs, true)).toEqual({ startedSeconds: 11.367 })
    expect(startOf(began, Number.NaN, false)).toEqual({ startedAt: '1970-01-01T00:00:00.000Z' })
    expect(buildEvent(began, eventFacts({ start: { startedSeconds: 11.367 } })).evidence).toMatchObject({ startedSeconds: 11.367 })
  })

  it('mentions quiet, simulated and context only when there is something to say', () => {
    const plain = buildEvent(decision(), eventFacts())
    for (const key of ['quiet', 'simulated', 'context']) expect(plain).not.toHaveProperty(key)
    const full = buildEvent(decision({ quiet: true }), eventFacts({ simulated: true, context: { speedKmh: 12 } }))
    expect(full).toMatchObject({ quiet: true, simulated: true, context: { speedKmh: 12 } })
  })

  it('says of answers and configuration too that the eyes are out of a script, and nothing of it where they are not', () => {
    const known = { vehicle: 'bus-12', configSha256: 'a'.repeat(64), file: null, locked: [], config: {} }
    const facts = { vehicle: 'bus-12', command: 'ping', transaction: 't', wallMs: 0, clockSynced: true, again: false }
    const made = (simulated: boolean) => [buildConfig(known, 0, simulated), buildResult({ ok: true }, { ...facts, simulated })]
    for (const payload of made(true)) expect(payload).toHaveProperty('simulated', true)
    for (const payload of made(false)) expect(payload).not.toHaveProperty('simulated')
    const [config, result] = made(true)
    expect([verdicts('config', config), verdicts('result', result)]).toEqual(Array.from('ab', () => ({ jsonSchema: true, zod: true })))
  })

  it('lays down the same last will every time', () => {
    expect(lastWill()).toBe('{"schema":1,"status":"offline","cause":"lost"}')
    expect(lastWill(true)).toBe('{"schema":1,"status":"offline","cause":"lost","simulated":true}')
  })
})
