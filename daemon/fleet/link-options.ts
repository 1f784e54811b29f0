/** From the configuration's `fleet` section to what the MQTT client takes. Files are read on every try: a renewed one is used at once. */
import type { IClientOptions } from 'mqtt'
import { loginFiles } from './login-files.js'
import type { MessageProperties } from './properties.js'

/** The part of the configuration's `fleet` section that the link uses; null or absent: none. */
export type LinkConfig = {
  /** mqtt://host[:1883] or mqtts://host[:8883]. */
  url: string
  /** Further brokers, tried in turn while the first does not answer; with the same login and certificates. */
  fallbackUrls?: readonly string[] | undefined
  clientId?: string | null | undefined
  username?: string | null | undefined
  passwordFile?: string | null | undefined
  caFile?: string | null | undefined
  certFile?: string | null | undefined
  keyFile?: string | null | undefined
  /** The name in the broker's certificate, where it is not the one in `url`. */
  servername?: string | null | undefined
  keepaliveSeconds: number
  connectTimeoutSeconds: number
}

export type Version = 4 | 5

export type Will = {
  topic: string
  payload: string
  properties: MessageProperties
  /** Less than these where a broker takes no more. Default: QoS 1, retained. */
  qos?: 0 | 1
  retain?: boolean
}

// Own: eight times what a command may have, so that one too large is answered, and one that would fill the memory never comes.
const LARGEST_PACKET_BYTES = 262_144

const willOf = ({ topic, payload, properties, qos = 1, retain = true }: Will, version: Version) => ({
  topic,
  payload: Buffer.from(payload),
  qos,
  retain,
  ...(version === 5 ? { properties } : {}),
})

/**
 * Options of one connection; `will` is null for one that only listens. The client's own reconnecting and queue are off: the link does the one, the outbox the other.
 * @throws FleetError `file-unreadable` or `file-wrong`, naming the key and the file
 */
export const clientOptions = async (
  config: LinkConfig,
  clientId: string,
  version: Version,
  will: Will | null,
): Promise<IClientOptions> => ({
  ...(await loginFiles(config)),
  clientId: config.clientId ?? clientId,
  ...(config.username ? { username: config.username } : {}),
  ...(config.servername ? { servername: config.servername } : {}),
  protocolVersion: version,
  ...(version === 5 ? { properties: { maximumPacketSize: LARGEST_PACKET_BYTES } } : {}),
  clean: true,
  reconnectPeriod: 0,
  queueQoSZero: false,
  // Else mqtt-packet keeps a buffer for each number up to 65,535: 10 MB, to save a few bytes' writing a message.
  writeCache: false,
  keepalive: config.keepaliveSeconds,
  connectTimeout: config.connectTimeoutSeconds * 1000,
  ...(will === null ? {} : { will: willOf(will, version) }),
})
