/** What went wrong with the broker, as one sentence for the technician: what, where, what to do. Pure. */
import { FleetError, type FleetErrorCode } from './errors.js'

type Sentence = { code: FleetErrorCode; say: (where: string, detail: string) => string }

const row = (code: FleetErrorCode, say: Sentence['say']): Sentence => ({ code, say })

const UNREACHABLE = row(
  'unreachable',
  (at, detail) => `The broker at ${at} cannot be reached (${detail}): is the network up, is the address right?`,
)
const NAME = row(
  'name-unknown',
  (at, detail) => `The broker's name in ${at} cannot be resolved (${detail}): is it spelled right in fleet.url, is the network up?`,
)
const UNTRUSTED = row(
  'tls-untrusted',
  (at, detail) =>
    `The certificate of the broker at ${at} is not trusted (${detail}): set fleet.caFile to the certificate of the authority that signed it.`,
)
const NO_TLS = row(
  'tls-handshake',
  (at, detail) =>
    `The broker at ${at} and this vehicle do not agree on TLS (${detail}): is this the TLS port (usually 8883), does the broker want a client certificate (fleet.certFile, fleet.keyFile)?`,
)
const LOGIN = row(
  'login',
  (at, detail) => `The broker at ${at} refuses the login (${detail}): check fleet.username and what is in fleet.passwordFile.`,
)
const PROTOCOL = row(
  'protocol',
  (at, detail) => `The broker at ${at} speaks neither MQTT 5 nor 3.1.1 with us (${detail}): is this a broker's MQTT port?`,
)
const CLIENT_ID = row('client-id', (at, detail) => `The broker at ${at} does not accept the client id (${detail}): check fleet.clientId.`)
const BUSY = row('busy', (at, detail) => `The broker at ${at} turns connections away for now (${detail}).`)
const TIMEOUT = row('timeout', (at, detail) => `The broker at ${at} does not answer (${detail}): is the network up, is it a broker's port?`)
const FORBIDDEN = row(
  'forbidden',
  (at, detail) => `The broker at ${at} does not let this vehicle publish (${detail}): check its access list.`,
)

/** Node's codes of network and TLS errors (nodejs.org/api/errors.html, openssl verify codes). */
const byCode: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: row('refused', (at) => `The broker at ${at} refuses connections: is it running, and is the port right?`),
  ENOTFOUND: NAME,
  EAI_AGAIN: NAME,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ENETDOWN: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  EADDRNOTAVAIL: UNREACHABLE,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  CERT_SIGNATURE_FAILURE: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  CERT_HAS_EXPIRED: row(
    'tls-expired',
    (at) =>
      `The certificate of the broker at ${at} has expired, or this vehicle's clock is wrong: check "date", then renew the certificate.`,
  ),
  CERT_NOT_YET_VALID: row(
    'tls-expired',
    (at) => `The certificate of the broker at ${at} is not valid yet: this vehicle's clock is probably wrong, check "date".`,
  ),
  ERR_TLS_CERT_ALTNAME_INVALID: row(
    'tls-name',
    (at, detail) => `The certificate of the broker at ${at} is for another name (${detail}): use that name in fleet.url.`,
  ),
  EPROTO: NO_TLS,
}

/** CONNACK, PUBACK and DISCONNECT codes: 1–5 of MQTT 3.1.1 (3.2.2.3), from 128 of MQTT 5 (2.4). */
const byReason: Readonly<Record<number, Sentence>> = {
  1: PROTOCOL,
  2: CLIENT_ID,
  3: BUSY,
  4: LOGIN,
  5: LOGIN,
  132: PROTOCOL,
  133: CLIENT_ID,
  134: LOGIN,
  135: LOGIN,
  136: BUSY,
  137: BUSY,
  138: LOGIN,
  139: BUSY,
  140: LOGIN,
  142: row(
    'taken-over',
    (at) =>
      `Another client with the same client id connected to the broker at ${at} and this one was put out: does another vehicle have the same vehicle.id or fleet.clientId?`,
  ),
  151: BUSY,
  159: BUSY,
}

const NOT_AUTHORIZED = 135

const sentenceOf = (error: Error & { code?: unknown }): Sentence | undefined => {
  if (typeof error.code === 'number') return byReason[error.code]
  if (typeof error.code !== 'string') return /connack timeout|keepalive timeout/i.test(error.message) ? TIMEOUT : undefined
  if (error.code.startsWith('ERR_SSL_') || error.code.startsWith('ERR_OSSL_')) return NO_TLS
  return byCode[error.code]
}

// What is in brackets is a hint: one line, and short.
const brief = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 120)

const lost = (where: string): string => `The connection to the broker at ${where} was lost.`
const flapping = (where: string): string =>
  `The connection to the broker at ${where} is lost each time soon after it is made: does another vehicle have the same vehicle.id or fleet.clientId?`
const unanswered = (where: string): string =>
  `The broker at ${where} hangs up without an answer: is this its MQTT port, and does it want TLS (mqtts://) or none (mqtt://)?`
const unreadable = (where: string, detail: string): string =>
  `The connection to the broker at ${where} is given up: what it sent cannot be read (${detail}).`

type Past = { wasUp: boolean; shortLived: number }
const NOTHING: Past = { wasUp: false, shortLived: 0 }

// Not every broker says that it put a client out for another of the same name; being lost again and again soon after is its sign.
const FLAPPING_FROM = 3

const closedFault = (where: string, cause: Error | null, { wasUp, shortLived }: Past): FleetError => {
  if (!wasUp) return new FleetError('closed', unanswered(where), cause)
  if (shortLived < FLAPPING_FROM) return new FleetError('closed', lost(where), cause)
  return new FleetError('taken-over', flapping(where), cause)
}

const isReset = (error: Error & { code?: unknown }): boolean => error.code === 'ECONNRESET' || error.code === 'EPIPE'

/** Where the broker is, without a name or a password that someone put into the address. */
export const placeOf = (url: string): string => {
  if (!URL.canParse(url)) return url
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}

/**
 * Why a connection could not be made or was lost.
 * @param error what the client said, null when the line just closed
 * @param past whether the broker had accepted this connection, and how many in a row it accepted and lost again soon
 */
export const connectionFault = (error: Error | null, url: string, past: Past = NOTHING): FleetError => {
  if (error instanceof FleetError) return error
  const where = placeOf(url)
  if (error === null || isReset(error)) return closedFault(where, error, past)
  // A name with several addresses gives an AggregateError: its parts fail alike.
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error
  const sentence = sentenceOf(first)
  if (sentence) return new FleetError(sentence.code, sentence.say(where, brief(first.message)), error)
  if (past.wasUp && !('code' in first)) return new FleetError('closed', unreadable(where, brief(first.message)), error)
  return new FleetError(
    'unknown',
    `The connection to the broker at ${where} failed (${brief(first.message) || first.name}): is this a broker's MQTT port?`,
    error,
  )
}

/** A broker that does not know a version says so, or just hangs up before its CONNACK. */
export const isVersionRefused = ({ code }: FleetError): boolean => code === 'protocol' || code === 'closed'

/** A message that the broker does not take for its size. */
export const sizeFault = (topic: string, bytes: number, mostBytes: number, url: string): FleetError =>
  new FleetError(
    'too-large',
    `A message on ${topic} has ${bytes} bytes, and the broker at ${placeOf(url)} takes ${mostBytes}: raise its max_packet_size or message_size_limit (Mosquitto), or its like.`,
  )

/** Why the broker did not take a message. */
export const publishFault = (error: Error & { code?: unknown }, topic: string, url: string): FleetError => {
  const where = placeOf(url)
  if (error.code === NOT_AUTHORIZED) return new FleetError('forbidden', FORBIDDEN.say(where, topic), error)
  if (typeof error.code !== 'number')
    return new FleetError('closed', `The connection to the broker at ${where} closed before ${topic} was acknowledged.`, error)
  return new FleetError('publish-refused', `The broker at ${where} does not take a message on ${topic} (${brief(error.message)}).`, error)
}
