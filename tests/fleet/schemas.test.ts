import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { delivery, published, topicsOf } from '../../daemon/fleet/topics.js'
import { messages } from '../../scripts/schemas/messages.js'
import { generated } from '../../scripts/schemas.js'
import { ROOT } from './examples.js'

/** The parts of the document that are looked at here; that it is AsyncAPI is asyncapi.test.ts. */
const asyncApi = z.looseObject({
  channels: z.record(z.string(), z.looseObject({ address: z.string() })),
  operations: z.record(
    z.string(),
    z.looseObject({
      bindings: z.strictObject({ mqtt: z.strictObject({ qos: z.int(), retain: z.boolean(), bindingVersion: z.literal('0.2.0') }) }),
    }),
  ),
})

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
const document = asyncApi.parse(parse(read('docs/asyncapi.yaml')))

const resolve = (pointer: string): unknown =>
  pointer
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((at, key) => z.record(z.string(), z.unknown()).parse(at)[key], document)

const references = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' && typeof inner === 'string' ? [inner] : references(inner)))
}

describe('docs/schemas and docs/asyncapi.yaml', () => {
  it.each([...generated()])('%s is what scripts/schemas.ts writes', (file, content) => {
    expect(read(file)).toBe(content)
  })

  it('hold a schema for every message and nothing else', () => {
    expect(readdirSync(join(ROOT, 'docs/schemas')).sort()).toEqual(messages.map(({ id }) => `${id}.schema.json`).sort())
  })

  it('have no reference that leads nowhere', () => {
    const all = references(document)
    expect(all.length).toBeGreaterThan(messages.length * 4 - 1)
    for (const target of all) {
      if (target.startsWith('#/')) expect(resolve(target), target).toBeDefined()
      else expect(JSON.parse(read(join('docs', target))), target).toHaveProperty('$schema')
    }
  })

  it.each(published)('name the address, QoS and retain of %s as the code has them', (topic) => {
    expect(document.channels[topic]?.address).toBe(topicsOf('{fleet}', '{vehicle}')[topic])
    const { qos, retain } = delivery[topic]
    expect(document.operations[`send-${topic}`]?.bindings.mqtt).toMatchObject({ qos, retain })
  })
})
