import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { delivery, published, topicsOf } from '../../daemon/fleet/topics.js'
import { generated } from '../../scripts/schemas.js'
import { ROOT } from './examples.js'

const ref = z.strictObject({ $ref: z.string() })

/** The parts of AsyncAPI 3.0.0 that this document uses: every field that the specification requires, and none it does not know. */
const asyncApi = z.strictObject({
  asyncapi: z.literal('3.0.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string(), license: z.strictObject({ name: z.string() }) }),
  defaultContentType: z.literal('application/json'),
  channels: z.record(
    z.string(),
    z.strictObject({
      address: z.string(),
      description: z.string(),
      parameters: z.record(z.string(), z.strictObject({ description: z.string() })),
      messages: z.record(z.string(), ref),
    }),
  ),
  operations: z.record(
    z.string(),
    z.strictObject({
      action: z.enum(['send', 'receive']),
      channel: ref,
      summary: z.string(),
      messages: z.array(ref),
      bindings: z.strictObject({
        mqtt: z.strictObject({ qos: z.int().min(0).max(2), retain: z.boolean(), bindingVersion: z.literal('0.2.0') }),
      }),
    }),
  ),
  components: z.strictObject({
    messages: z.record(
      z.string(),
      z.strictObject({
        name: z.string(),
        title: z.string(),
        contentType: z.string(),
        payload: z.strictObject({ schemaFormat: z.string(), schema: ref }),
        examples: z.array(z.strictObject({ name: z.string(), payload: z.unknown() })).min(1),
      }),
    ),
  }),
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

  it('hold a schema for every topic published and nothing else', () => {
    expect(readdirSync(join(ROOT, 'docs/schemas')).sort()).toEqual(published.map((topic) => `${topic}.schema.json`).sort())
  })

  it('have no reference that leads nowhere', () => {
    const all = references({ ...document, components: { ...document.components } })
    expect(all.length).toBeGreaterThan(published.length * 4 - 1)
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
