/** JSON Schemas (2020-12) of the payloads. */
import { z } from 'zod'
import { messages } from './messages.js'

export type JsonSchema = Readonly<Record<string, unknown>>

/** A newer vehicle may tell more than this schema knows (docs/fleet.md): whoever validates by it must not throw its alarms away. */
const takeMore = ({ jsonSchema }: { jsonSchema: { additionalProperties?: unknown } }): void => {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
}

/** One schema a message, by its id. What a vehicle takes is described as it may come: with its defaults left out, and with nothing more. */
export const jsonSchemas = (): ReadonlyMap<string, JsonSchema> =>
  new Map(
    messages.map(({ id, schema, action }) => {
      const direction = action === 'receive' ? ({ io: 'input' } as const) : ({ io: 'output', override: takeMore } as const)
      const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', ...direction })
      return [id, { $schema, $id: `urn:kantuk:schema:${id}:1`, title: id, ...rest }]
    }),
  )
