/** docs/asyncapi.yaml as a fleet's tools read it: by AsyncAPI's own parser. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Parser } from '@asyncapi/parser'
import { describe, expect, it } from 'vitest'
import { defaultConfig } from '../../daemon/config/index.js'
import { published, topicsOf } from '../../daemon/fleet/topics.js'
import { ROOT } from './examples.js'

const source = join(ROOT, 'docs/asyncapi.yaml')
const text = readFileSync(source, 'utf8')
/** The parser's severities: 0 error, 1 warning, 2 and 3 hints. */
const parse = async (document: string) => {
  const { document: parsed, diagnostics } = await new Parser().parse(document, { source })
  return { parsed, faults: diagnostics.filter(({ severity }) => severity <= 1).map(({ message, path }) => `${path.join('.')}: ${message}`) }
}

describe("AsyncAPI's own parser", () => {
  it('reads the document without an error or a warning, its schemas with it', async () => {
    const { parsed, faults } = await parse(text)
    expect(faults).toEqual([])
    expect(parsed?.version()).toBe('3.0.0')
    const addresses = parsed
      ?.channels()
      .all()
      .map((channel) => channel.address())
    for (const topic of published) expect(addresses).toContain(topicsOf('{fleet}', '{vehicle}')[topic])
    const { speed, ignition, position, driver, fleet } = defaultConfig()
    for (const input of [speed, ignition, position, driver]) expect(addresses).toContain(input.mqtt.topic)
    expect(addresses).toContain(`${fleet.homeAssistant.prefix}/device/kantuk_{fleet}_{vehicle}/config`)
    for (const message of parsed?.allMessages().all() ?? []) {
      expect(message.payload()?.json(), message.id()).toMatchObject({ schema: { $id: `urn:kantuk:schema:${message.name()}:1` } })
    }
  })

  it.each([
    ['an operation on a channel that is not there', '"#/channels/alert"', '"#/channels/alarm"'],
    ['a channel without its messages', 'address: kantuk', 'adress: kantuk'],
    ['a schema file that is not there', './schemas/alert.schema.json', './schemas/alarm.schema.json'],
  ])('finds %s', async (_, right, wrong) => {
    expect(text).toContain(right)
    expect((await parse(text.replace(right, wrong))).faults).not.toEqual([])
  })
})
