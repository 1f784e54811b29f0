/** JSON Schemas (2020-12) of the payloads. */
import { z } from 'zod'
import { messages } from './messages.js'

export type JsonSchema = Readonly<Record<string, unknown>>

/** One schema a message, by its id. What a vehicle takes is described as it may come: with its defaults left out. */
export const jsonSchemas = (): ReadonlyMap<string, JsonSchema> =>
  new Map(
    messages.map(({ id, schema, action }) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: action === 'receive' ? 'input' : 'output' })
      return [id, { $schema, $id: `urn:kantuk:schema:${id}:1`, title: id, ...rest }]
    }),
  )
