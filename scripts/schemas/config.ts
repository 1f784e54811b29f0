/** JSON Schema (draft 7, which editors know best) of the YAML file. */
import { z } from 'zod'
import { configSchema } from '../../daemon/config/schema.js'
import type { JsonSchema } from './json-schemas.js'

export const configJsonSchema = (): JsonSchema => {
  const { $schema, ...schema } = z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' })
  return { $schema, $id: 'urn:kantuk:schema:config', title: 'kantukd.yaml', ...schema }
}
