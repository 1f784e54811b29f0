/** How large a PUBLISH is on the line (MQTT 5, 3.3). Pure. */
import type { MessageProperties } from './properties.js'

const textBytes = (text: string): number => 2 + Buffer.byteLength(text)

// MQTT 5, 1.5.5: seven bits a byte.
const countBytes = (value: number): number => (value < 128 ? 1 : 1 + countBytes(Math.floor(value / 128)))

const propertyBytes = ({ contentType, messageExpiryInterval, userProperties }: MessageProperties): number => {
  const pairs = Object.entries(userProperties).map(([name, value]) => 1 + textBytes(name) + textBytes(value))
  // Format indicator 2, content type, expiry 5 (MQTT 5, 3.3.2.3).
  return 2 + 1 + textBytes(contentType) + (messageExpiryInterval === undefined ? 0 : 5) + pairs.reduce((sum, bytes) => sum + bytes, 0)
}

/** @param properties null: MQTT 3.1.1, which knows none. @returns bytes of the packet at QoS 1 */
export const packetBytes = (topic: string, payload: string, properties: MessageProperties | null): number => {
  const described = properties === null ? 0 : propertyBytes(properties)
  const rest = textBytes(topic) + 2 + (properties === null ? 0 : countBytes(described) + described) + Buffer.byteLength(payload)
  return 1 + countBytes(rest) + rest
}
