/** JSON Schemas (2020-12) of the payloads. */
import { z } from 'zod'
import { payloads } from '../../daemon/fleet/payloads/index.js'
import { published } from '../../daemon/fleet/topics.js'

export type JsonSchema = Readonly<Record<string, unknown>>

/** One schema a topic, by topic. */
export const jsonSchemas = (): ReadonlyMap<string, JsonSchema> =>
  new Map(
    published.map((topic) => {
      const { $schema, ...schema } = z.toJSONSchema(payloads[topic], { target: 'draft-2020-12' })
      return [topic, { $schema, $id: `urn:kantuk:schema:${topic}:1`, title: topic, ...schema }]
    }),
  )
