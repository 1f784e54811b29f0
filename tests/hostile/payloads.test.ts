/**
 * Hostile payloads on every topic that is listened to: no crash, no state change, an answer or silence as docs/fleet.md says.
 * A slice by default; all 100,000 by `npm run hostile`.
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesBetween, lockOn } from '../../daemon/config/changes.js'
import { checkConfigText, defaultConfig, locksOf, withAbsolutePaths } from '../../daemon/config/index.js'
import { requests } from '../../daemon/fleet/commands/index.js'
import { payloads } from '../../daemon/fleet/payloads/index.js'
import { reportIn } from '../../daemon/inputs/gpsd-reports.js'
import { driverIn, ignitionIn, positionIn, speedIn } from '../../daemon/inputs/messages.js'
import { propose } from '../../daemon/remote/proposal.js'
import { jsonSchemas } from '../../scripts/schemas/json-schemas.js'
import { messages } from '../../scripts/schemas/messages.js'
import { deskRig } from '../fleet/commands/rig.js'
import { hostilePayload, listenedTopic } from './payloads.js'

const RUNS = Number(process.env.HOSTILE_RUNS ?? 6000)
const TIMEOUT_MS = 900_000

// The judge of what is a request: the published schemas, by a validator that is not the daemon's.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { uuid: true, 'date-time': true } })
const heard = new Set(messages.filter(({ action }) => action === 'receive').map(({ id }) => id))
const validators = new Map([...jsonSchemas()].filter(([id]) => heard.has(id)).map(([id, schema]) => [id, ajv.compile(schema)]))
const parsed = (payload: Buffer): { value: unknown } | null => {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) }
  } catch {
    return null
  }
}
const isRequest = (ending: string, payload: Buffer): boolean => {
  const json = parsed(payload)
  return json !== null && validators.get(ending.replace('/', '-'))?.(json.value) === true
}

it('on commands and settings: one answer each, nothing done that is no request', { timeout: TIMEOUT_MS }, async () => {
  const { raw, topics, done, answers } = deskRig()
  const base = topics.commands.slice(0, -'command/+'.length)
  let doneBefore = 0
  let expected = 0
  let refusedAll = 0
  await fc.assert(
    fc.asyncProperty(listenedTopic, hostilePayload, fc.boolean(), async (ending, payload, isRetained) => {
      raw(`${base}${ending}`, payload, isRetained)
      // Answers of refusals come within the same turn.
      for (let turns = 0; turns < 6; turns += 1) await null
      if (done.length > doneBefore) expect(!isRetained && isRequest(ending, payload), payload.toString()).toBe(true)
      else refusedAll += 1
      doneBefore = done.length
      if (payload.length > 0) expected += 1
    }),
    { numRuns: Math.round(RUNS * 0.6) },
  )
  const results = await answers()
  expect(results).toHaveLength(expected)
  for (const result of results) {
    const text = JSON.stringify(result)
    expect(payloads.result.safeParse(JSON.parse(text)).success, text.slice(0, 500)).toBe(true)
    expect(text.length).toBeLessThan(2000)
  }
  expect(refusedAll).toBeGreaterThan(RUNS * 0.4)
  expect(done.length).toBeGreaterThan(0)
  expect(Object.keys(Object.prototype)).toEqual([])
})

it('on the inputs: a value within its range, or none', { timeout: TIMEOUT_MS }, () => {
  fc.assert(
    fc.property(hostilePayload, (payload) => {
      const text = payload.toString('utf8')
      const kmh = speedIn(text)
      if (kmh !== null) expect(kmh >= 0 && kmh <= 300).toBe(true)
      expect([true, false, null]).toContain(ignitionIn(text))
      const places = [positionIn(text)]
      const report = reportIn(text)
      if (report.kind === 'fix') places.push(report.position)
      for (const place of places) {
        if (place !== null) expect(Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180).toBe(true)
      }
      const who = driverIn(text)?.driver ?? null
      if (who !== null) expect(who).toMatch(/^[^\p{Cc}<>{}]{1,64}$/u)
    }),
    { numRuns: Math.round(RUNS * 0.39) },
  )
})

describe('changes of the configuration', () => {
  const text = 'vehicle: {id: bus-12}\nlog:\n  level: info # as delivered\ncamera: {fps: 30}\n'
  const file = '/etc/kantukd/kantukd.yaml'
  const { config } = checkConfigText(text, file)
  const running = withAbsolutePaths(config ?? defaultConfig(), file)
  const path = fc.oneof(
    fc.constantFrom(
      'log.level',
      'camera.fps',
      'locate.region.leftShare',
      'alarm.output',
      'fleet.remote.locked',
      'log',
      '__proto__',
      'log.__proto__',
      'constructor.name',
    ),
    fc.string({ minLength: 1, maxLength: 30 }),
  )
  const value = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.array(fc.string(), { maxLength: 5 }))

  it('of any keys to any values: refused, or valid with nothing locked touched', { timeout: TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(fc.dictionary(path, value, { maxKeys: 4 }), fc.array(path, { maxLength: 3 }), (set, unset) => {
        const request = requests['config/set'].safeParse({ transaction: 't', expires: '2026-11-24T21:10:00Z', set, unset })
        if (!request.success) return
        const came = propose(file, text, running, request.data)
        if ('answer' in came) {
          expect(came.answer.ok).toBe(false)
          return
        }
        expect(checkConfigText(came.text, file).config).not.toBeNull()
        const locks = locksOf(running)
        expect(changesBetween(running, came.config).filter((change) => lockOn(change.path, locks) !== null)).toEqual([])
        expect(came.text).toContain('# as delivered')
      }),
      { numRuns: Math.round(RUNS * 0.01) + 50 },
    )
  })
})
