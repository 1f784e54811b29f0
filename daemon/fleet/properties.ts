/** What MQTT 5 lets a message say of itself (MQTT 5, 3.3.2.3). Pure. */
import type { Delivery } from './topics.js'

export type MessageProperties = {
  contentType: string
  payloadFormatIndicator: boolean
  messageExpiryInterval?: number
  userProperties: { vehicle: string; schema?: string }
}

/**
 * JSON in UTF-8, from which vehicle, in which version of its shape: so that a fleet can sort messages without reading them; and how long it is
 * worth keeping.
 */
export const propertiesOf = (vehicle: string, payload: object, { expirySeconds }: Delivery): MessageProperties => ({
  contentType: 'application/json',
  payloadFormatIndicator: true,
  ...(expirySeconds === undefined ? {} : { messageExpiryInterval: expirySeconds }),
  userProperties: { vehicle, ...('schema' in payload ? { schema: String(payload.schema) } : {}) },
})
