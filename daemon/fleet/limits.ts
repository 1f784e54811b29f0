/** What a broker takes: as it says in its CONNACK (MQTT 5, 3.2.2.3), or as an earlier connection to it has shown. Pure. */
import { placeOf } from './faults.js'

export type Limits = {
  /** The largest packet, in bytes. */
  packetBytes: number
  /** Whether it retains messages. */
  retain: boolean
  /** The highest QoS of a message. */
  qos: 0 | 1
}

export const NO_LIMITS: Limits = { packetBytes: Number.POSITIVE_INFINITY, retain: true, qos: 1 }

/** What a CONNACK may tell of it; what is left out is no limit. */
export type Told = { maximumPacketSize?: number | undefined; retainAvailable?: boolean | undefined; maximumQoS?: number | undefined }

/** The narrower of both. */
export const narrowed = (known: Limits, told: Told = {}): Limits => ({
  packetBytes: Math.min(known.packetBytes, told.maximumPacketSize ?? Number.POSITIVE_INFINITY),
  retain: known.retain && told.retainAvailable !== false,
  qos: told.maximumQoS === 0 ? 0 : known.qos,
})

// MQTT 5, 3.2.2.2: it refuses the connection since the last will is retained, or has a QoS that it does not take.
const RETAIN_NOT_SUPPORTED = 154
const QOS_NOT_SUPPORTED = 155

/** Limits that a refused connection shows. @returns null when it shows none that was not known */
export const shownBy = (error: (Error & { code?: unknown }) | null, known: Limits): Limits | null => {
  if (error?.code === RETAIN_NOT_SUPPORTED && known.retain) return { ...known, retain: false }
  if (error?.code === QOS_NOT_SUPPORTED && known.qos === 1) return { ...known, qos: 0 }
  return null
}

/** What these mean for the fleet, a sentence each. */
export const limitSentences = ({ retain, qos }: Limits, url: string): string[] => {
  const where = placeOf(url)
  const sentences: string[] = []
  if (!retain) sentences.push(`The broker at ${where} retains nothing: status, birth and config reach only who listens at that moment.`)
  if (qos === 0)
    sentences.push(
      `The broker at ${where} takes QoS 0 only and acknowledges nothing: an event counts as sent once its bytes are on their way, and can be lost with the line.`,
    )
  return sentences
}
